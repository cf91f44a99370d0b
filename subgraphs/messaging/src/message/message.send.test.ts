import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Messenger, openMessenger, sendMessage } from '../testing/fixture.ts';

const history =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Channel { messages(last: 100) { edges { node { id } } } } } }';

describe.each(backends)('sending on $name', ({ open }) => {
  let backend: OpenBackend;
  let messenger: Messenger;
  const [ada, can, eve] = [newId(), newId(), newId()];

  beforeAll(async () => {
    backend = await open();
    messenger = await openMessenger(backend.settings);
  });
  afterAll(async () => {
    await messenger[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  async function idsIn(channelId: string): Promise<string[]> {
    const { _entities } = await messenger.data(history, { r: [{ __typename: 'Channel', id: channelId }] }, ada);
    return _entities[0].messages.edges.map(({ node }: { node: { id: string } }) => node.id);
  }

  test('gives the message as it was sent, and tells the readers of the channel', async () => {
    const channelId = messenger.town.channel([ada, can]);
    const heard = await messenger.record(`channel:${channelId}`);
    const content = '  Merhaba 👋\n';
    const first = await messenger.send(channelId, ada, content, { nonce: 'n 1 ' });
    const input = { channelId, content: 'And you?', replyToId: first };
    const { sendMessage: sent } = await messenger.data(sendMessage, { input }, can);
    expect(sent.message).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      content: 'And you?',
      nonce: null,
      createdAt: expect.stringMatching(/\.\d{3}Z$/),
      editedAt: null,
      replyTo: { id: first },
      author: { id: can },
      channel: { id: channelId },
    });
    await expect.poll(() => heard).toHaveLength(2);
    expect(heard.map(({ type }) => type)).toEqual(['message.created', 'message.created']);
    expect(heard[0]?.payload.message).toMatchObject({
      id: first,
      content,
      nonce: 'n 1 ',
      serverId: null,
      authorId: ada,
    });
    expect(heard[1]?.payload.message).toMatchObject({ createdAt: sent.message.createdAt, replyToId: first });
  });

  test('what fifty send at once, to one process or two, has one order: of ids, of events, and of the history', async () => {
    // One process alone may have an SQLite file.
    await using second = backend.settings.DATABASE_URL ? await openMessenger(backend.settings, messenger.town) : null;
    const channelId = messenger.town.channel([ada, can]);
    const heard = await messenger.record(`channel:${channelId}`);
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        ((index % 2 && second) || messenger).send(channelId, index % 3 ? ada : can, `message ${index}`),
      ),
    );
    await expect.poll(() => heard).toHaveLength(50);
    const told = heard.map(({ payload }) => (payload.message as { id: string }).id);
    expect(new Set(sent).size).toBe(50);
    expect(told).toEqual([...sent].sort());
    expect(await idsIn(channelId)).toEqual(told);
  });

  test('the same nonce twenty times at once makes one message and one event', async () => {
    await using second = backend.settings.DATABASE_URL ? await openMessenger(backend.settings, messenger.town) : null;
    const channelId = messenger.town.channel([ada, can]);
    const heard = await messenger.record(`channel:${channelId}`);
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        ((index % 2 && second) || messenger).send(channelId, ada, `try ${index}`, { nonce: 'once' }),
      ),
    );
    expect(new Set(ids).size).toBe(1);
    const [id] = ids;
    // Another author, another nonce, or one that differs in case or by a space, is another message.
    const others = [
      await messenger.send(channelId, can, 'mine', { nonce: 'once' }),
      await messenger.send(channelId, ada, 'two', { nonce: 'ONCE' }),
      await messenger.send(channelId, ada, 'three', { nonce: 'once ' }),
    ];
    await expect.poll(() => heard).toHaveLength(4);
    expect(await idsIn(channelId)).toEqual([id, ...others]);
  });

  test('a nonce is free again once its message is deleted', async () => {
    const channelId = messenger.town.channel([ada]);
    const first = await messenger.send(channelId, ada, 'one', { nonce: 'again' });
    await messenger.data(
      'mutation ($id: ID!) { deleteMessage(input: { messageId: $id }) { messageId } }',
      { id: first },
      ada,
    );
    const second = await messenger.send(channelId, ada, 'two', { nonce: 'again' });
    expect(second).not.toBe(first);
    expect(await idsIn(channelId)).toEqual([second]);
  });

  test.each([
    ['nothing', { content: '' }, { content: ['Write something.'] }],
    ['white space', { content: ' \n\u00a0\t' }, { content: ['Write something.'] }],
    ['too much', { content: '👋'.repeat(4001) }, { content: ['At most 4000 characters.'] }],
    ['half a surrogate pair', { content: 'a\ud800b' }, { content: ['Not plain text.'] }],
    ['a NUL', { content: 'a\0b' }, { content: ['Not plain text.'] }],
    ['an empty nonce', { content: 'a', nonce: '' }, { nonce: ['1 to 64 characters.'] }],
    ['a long nonce', { content: 'a', nonce: 'ş'.repeat(65) }, { nonce: ['1 to 64 characters.'] }],
    ['a reply to nothing', { content: 'a', replyToId: newId() }, { replyToId: ['No message of this channel.'] }],
  ])('refuses %s', async (_, more, fields) => {
    const channelId = messenger.town.channel([ada]);
    const { errors } = await messenger.execute(sendMessage, { input: { channelId, ...more } }, ada);
    expect(errors?.[0]?.extensions).toEqual({ code: 'VALIDATION_FAILED', fields });
    expect(await idsIn(channelId)).toEqual([]);
  });

  test('refuses a reply to a message elsewhere', async () => {
    const [here, there] = [messenger.town.channel([ada]), messenger.town.channel([ada])];
    const replyToId = await messenger.send(there, ada, 'there');
    const input = { channelId: here, content: 'here', replyToId };
    expect(await messenger.refusal(sendMessage, { input }, ada)).toBe('VALIDATION_FAILED');
  });

  test('keeps 4000 characters of any kind as they are', async () => {
    const channelId = messenger.town.channel([ada]);
    const content = `${'👩‍🚀'.repeat(1000)}${'\u0001é'.repeat(500)}`;
    const id = await messenger.send(channelId, ada, content, { nonce: 'ğ'.repeat(64) });
    const { message } = await messenger.data('query ($id: ID!) { message(id: $id) { content nonce } }', { id }, ada);
    // Not `toEqual`, which would print the difference.
    expect(message.content === content && message.nonce === 'ğ'.repeat(64)).toBe(true);
  });

  test('only those may write who may', async () => {
    const channelId = messenger.town.channel([ada]);
    messenger.town.allow(channelId, can, { read: true, send: false });
    const input = { channelId, content: 'Hello' };
    expect(await messenger.refusal(sendMessage, { input }, can)).toBe('FORBIDDEN Channel');
    expect(await messenger.refusal(sendMessage, { input }, eve)).toBe('FORBIDDEN Channel');
    expect(await messenger.refusal(sendMessage, { input })).toBe('UNAUTHENTICATED');
    expect(await messenger.refusal(sendMessage, { input: { ...input, channelId: newId() } }, ada)).toBe(
      'NOT_FOUND Channel',
    );
    expect(await idsIn(channelId)).toEqual([]);
  });
});
