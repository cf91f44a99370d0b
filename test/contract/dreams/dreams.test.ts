import { newId } from '@kopru/runtime/ids.ts';
import { describe, expect, test } from 'vitest';
import { Dream, Message } from '../../client/dreams.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { dreamer, expectError, inTurkish } from './dreamer.ts';

type Dreamer = Awaited<ReturnType<typeof dreamer>>;
const noCredit = { error: 'Your credit is insufficient' };
const noDream = { detail: 'No Dream matches the given query.' };

overEveryBackend((place) => {
  const credits = async ({ client }: Dreamer) => (await client.me()).credits;

  describe('POST /me/dreams/', () => {
    test('makes a dream for one credit', async () => {
      covers('dreams:POST /api/user/me/dreams/', 'dreams rule:a dream costs one credit');
      const ann = await dreamer(place);
      const { status, body } = await ann.api.send('POST', '/me/dreams/', { json: { title: ' Garip Rüyam ' } });
      expect([status, body]).toEqual([
        201,
        {
          id: expect.any(String),
          author: ann.email,
          title: 'Garip Rüyam',
          description: null,
          created_at: expect.any(String),
          updated_at: expect.any(String),
          deleted_at: null,
          is_active: true,
        },
      ]);
      Dream.parse(body);
      expect(await credits(ann)).toEqual({ total_amount: 1, amount: 0 });
    });

    test('makes none without a credit, however many ask at once', async () => {
      covers(
        'dreams error:no credit left',
        'dreams rule:a dream costs one credit',
        'dreams rule:what is refused costs nothing',
      );
      const ann = await dreamer(place);
      const replies = await Promise.all(
        Array.from({ length: 12 }, (_, number) =>
          ann.api.send('POST', '/me/dreams/', { json: { title: `${number}` } }),
        ),
      );
      const made = replies.filter(({ status }) => status === 201);
      expect(made).toHaveLength(1);
      for (const reply of replies) if (reply.status !== 201) expectError(reply, 'no credit left', noCredit);
      expect(await ann.dreams()).toEqual(made.map(({ body }) => body));
      expect(await credits(ann)).toEqual({ total_amount: 1, amount: 0 });
    });

    test('makes none of what is not right, which costs nothing', async () => {
      covers('dreams rule:what is refused costs nothing', 'dreams rule:a title has at most 100 characters');
      covers('dreams error:a blank field', 'dreams error:a null field');
      const ann = await dreamer(place);
      const post = (json: object, turkish = false) =>
        ann.api.send('POST', '/me/dreams/', turkish ? inTurkish({ json }) : { json });
      expectError(await post({ title: '' }), 'a blank field', { title: ['This field may not be blank.'] });
      expectError(await post({ title: ' ' }, true), 'a blank field', { title: ['Bu alan boş olamaz.'] });
      expectError(await post({ title: null }), 'a null field', { title: ['This field may not be null.'] });
      const long = 'Ensure this field has no more than 100 characters.';
      expectError(await post({ title: 'x'.repeat(101) }), 'a blank field', { title: [long] });
      expect((await post({ description: 'x'.repeat(100_000) })).status).toBe(400);
      expect(await ann.dreams()).toEqual([]);
      expect(await credits(ann)).toEqual({ total_amount: 1, amount: 1 });
      expect((await post({ title: 'ü'.repeat(100) })).status).toBe(201);
    });

    test('makes up what is not told', async () => {
      covers('dreams rule:a description comes of the first message', 'dreams rule:a title has at most 100 characters');
      const message = 'Dün gece çok garip bir rüya gördüm, denizin üstünde yürüyordum.';
      const { client } = await dreamer(place);
      const dream = await client.createDream({ message });
      expect(dream.title.length).toBeGreaterThan(0);
      expect(dream.description).toBe('Dün gece çok garip bir rüya gördüm, denizin...');
      const [first] = await client.messages(dream.id);
      expect(first).toMatchObject({ role: 'user', message, dream: dream.id });
      const other = await (await dreamer(place)).client.createDream({ description: 'Kendi sözlerim.', message });
      expect(other.description).toBe('Kendi sözlerim.');
    });
  });

  test('GET /me/dreams/ lists all that are one’s own, newest first', async () => {
    covers('dreams:GET /api/user/me/dreams/', 'dreams rule:dreams come newest first');
    const [ann, bob] = [await dreamer(place), await dreamer(place)];
    const mine = await ann.client.createDream({ title: 'mine' });
    expect(await ann.dreams()).toEqual([mine]);
    expect(await bob.dreams()).toEqual([]);
  });

  describe('the messages of a dream', () => {
    const path = (id: string) => `/me/dream/${id}/messages/`;

    test('come in their order, as the document has them', async () => {
      covers('dreams:GET /api/user/me/dream/<uuid:id>/messages/', 'dreams rule:messages come in their order');
      covers('dreams rule:last_chat_at is of the last message');
      const [ann, bob] = [await dreamer(place), await dreamer(place)];
      const quiet = await bob.client.createDream({ title: 'nothing was said of it' });
      expect((await bob.api.send('GET', path(quiet.id))).body).toEqual([]);
      expect((await bob.client.me()).last_chat_at).toBeNull();
      const { id } = await ann.client.createDream({ message: 'Denizi gördüm.' });
      const { last_chat_at: created_at } = await ann.client.me();
      const { status, body } = await ann.api.send('GET', path(id));
      const all = body as { id: number }[];
      expect([status, all[0]]).toEqual([
        200,
        { id: expect.any(Number), dream: id, role: 'user', message: 'Denizi gördüm.', created_at },
      ]);
      for (const message of all) Message.parse(message);
      expect(all.map((message) => message.id)).toEqual(all.map((message) => message.id).sort((a, b) => a - b));
    });

    test('are answered by the analyst in the same breath', async () => {
      covers('dreams:POST /api/user/me/dream/<uuid:id>/messages/');
      const ann = await dreamer(place);
      const { id } = await ann.client.createDream({ title: 'a dream' });
      const { user, analyst } = await ann.client.say(id, 'Denizde yüzen büyük bir yılan gördüm.');
      expect(user).toMatchObject({ dream: id, role: 'user', message: 'Denizde yüzen büyük bir yılan gördüm.' });
      expect(analyst).toMatchObject({ dream: id, role: 'analyst' });
      const messages = await ann.client.messages(id);
      expect(messages.slice(0, 1)).toEqual([user]);
      expect(messages).toContainEqual(analyst);
      for (const json of [{}, { message: '' }, { message: null }, { message: 'x'.repeat(4_001) }])
        expect((await ann.api.send('POST', path(id), { json })).status).toBe(400);
    });

    test("are nobody else's", async () => {
      covers("dreams error:somebody else's dream, or none", 'dreams rule:English, or Turkish');
      const [ann, bob] = [await dreamer(place), await dreamer(place)];
      const { id } = await ann.client.createDream({ message: 'a secret' });
      for (const unknown of [id, newId()])
        for (const [method, call] of [
          ['GET', {}],
          ['POST', { json: { message: 'Hello?' } }],
        ] as const) {
          const error = "somebody else's dream, or none";
          expectError(await bob.api.send(method, path(unknown), call), error, noDream);
          const turkish = await bob.api.send(method, path(unknown), inTurkish(call));
          expectError(turkish, error, { detail: 'Sayfa bulunamadı.' });
        }
      expect((await ann.client.messages(id))[0]).toMatchObject({ message: 'a secret' });
    });
  });
});
