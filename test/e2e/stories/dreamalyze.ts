import { expect, test } from 'vitest';
import { ApiError, DreamsClient } from '../../client/dreams.ts';
import { expired } from '../../client/forge.ts';
import { GraphClient } from '../../client/graphql.ts';
import { unique } from '../../client/person.ts';
import type { Place } from '../../place.ts';

const account = () => {
  const username = unique('ruya');
  return { username, email: `${username}@example.com`, password: 'güvenli bir şifre' };
};

/** A client of Dreamalyze, from its first page on. */
export function dreamalyze(place: Place): void {
  test('a client of Django signs up, comes back, dreams, and reads the same in the graph', async () => {
    const client = new DreamsClient(place.origin);
    const ann = account();
    const registered = await client.register(ann);
    expect(registered.credits).toEqual({ total_amount: 1, amount: 1 });
    expect(await client.login(ann.email, ann.password)).toEqual(registered);

    // The access token has run out since; the client notices, and goes on with the refresh token that it has.
    for (let time = 0; time < 2; time++) {
      const { access, refresh } = client.tokens;
      client.keep(await expired(access, place.privateKey));
      expect(await client.me()).toEqual(registered);
      expect(client.tokens.refresh).toBe(refresh);
    }

    const message = 'Dün gece çok garip bir rüya gördüm, denizin üstünde yürüyordum.';
    const dream = await client.createDream({ title: 'Deniz', message });
    expect(dream).toMatchObject({ author: ann.email, description: 'Dün gece çok garip bir rüya gördüm, denizin...' });
    expect(await client.dreams()).toMatchObject([{ id: dream.id, title: 'Deniz' }]);
    const [first] = await client.messages(dream.id);
    expect(first).toMatchObject({ dream: dream.id, role: 'user', message });
    expect(await client.me()).toMatchObject({
      last_chat_at: first?.created_at,
      credits: { total_amount: 1, amount: 0 },
    });
    await expect(client.createDream({ title: 'Another' })).rejects.toMatchObject({
      status: 403,
      body: { error: 'Your credit is insufficient' },
    });

    const mine = `{ viewer { id lastChatAt credits { totalAmount amount } dreams(first: 10) { edges { node {
      id title messages(first: 1) { edges { node { id message role } } }
    } } } } }`;
    const graph = new GraphClient(place.graph().url, client.tokens.access);
    expect(await graph.run(mine)).toEqual({
      viewer: {
        id: registered.id,
        lastChatAt: first?.created_at,
        credits: { totalAmount: 1, amount: 0 },
        dreams: {
          edges: [
            {
              node: {
                id: dream.id,
                title: 'Deniz',
                messages: { edges: [{ node: { id: String(first?.id), message, role: 'USER' } }] },
              },
            },
          ],
        },
      },
    });
  });

  test('a client of Django sees nothing of what somebody else dreams', async () => {
    const [ann, bob] = [account(), account()];
    const [hers, his] = [new DreamsClient(place.origin), new DreamsClient(place.origin)];
    for (const [client, person] of [
      [hers, ann],
      [his, bob],
    ] as const) {
      await client.register(person);
      await client.login(person.email, person.password);
    }
    const { id } = await hers.createDream({ message: 'a secret' });
    expect(await his.dreams()).toEqual([]);
    await expect(his.messages(id)).rejects.toThrow(ApiError);
    await expect(his.say(id, 'Hello?')).rejects.toMatchObject({ status: 404 });
  });
}
