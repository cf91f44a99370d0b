import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Messenger, openMessenger } from '../testing/fixture.ts';

const edit = `mutation ($messageId: ID!, $content: String!) {
  editMessage(input: { messageId: $messageId, content: $content }) { message { id content editedAt nonce } }
}`;
const remove = `mutation ($messageId: ID!, $channelId: ID) {
  deleteMessage(input: { messageId: $messageId, channelId: $channelId }) { messageId channelId }
}`;
const read = 'query ($id: ID!) { message(id: $id) { content editedAt replyTo { id } } }';
const channel = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Channel { lastMessage { id } messages { edges { node { id } } } }
} }`;
const entity = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Message { content } } }';

describe.each(backends)('editing and deleting on $name', ({ open }) => {
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

  const channelAs = async (id: string, viewer: string) => {
    const { _entities } = await messenger.data(channel, { r: [{ __typename: 'Channel', id }] }, viewer);
    const { lastMessage, messages } = _entities[0];
    return { last: lastMessage?.id ?? null, ids: messages.edges.map(({ node }: { node: { id: string } }) => node.id) };
  };

  test('an edit changes the text for everybody and says when', async () => {
    const channelId = messenger.town.channel([ada, can]);
    const messageId = await messenger.send(channelId, ada, 'befor', { nonce: 'n' });
    const heard = await messenger.record(`channel:${channelId}`);
    const { editMessage } = await messenger.data(edit, { messageId, content: ' before ' }, ada);
    const editedAt = expect.stringMatching(/\.\d{3}Z$/);
    expect(editMessage.message).toEqual({ id: messageId, content: ' before ', editedAt, nonce: 'n' });
    const { message } = await messenger.data(read, { id: messageId }, can);
    expect(message).toEqual({ content: ' before ', editedAt: editMessage.message.editedAt, replyTo: null });
    await expect.poll(() => heard.map(({ type }) => type)).toEqual(['message.updated']);
    expect(heard[0]?.payload.message).toMatchObject({
      id: messageId,
      content: ' before ',
      nonce: 'n',
      editedAt: editMessage.message.editedAt,
    });
  });

  test('an edit to the same text is none', async () => {
    const channelId = messenger.town.channel([ada]);
    const messageId = await messenger.send(channelId, ada, 'Same');
    const heard = await messenger.record(`channel:${channelId}`);
    expect((await messenger.data(edit, { messageId, content: 'Same' }, ada)).editMessage.message.editedAt).toBeNull();
    // A change of case is a change.
    await messenger.data(edit, { messageId, content: 'same' }, ada);
    await expect.poll(() => heard).toHaveLength(1);
  });

  test('only the author edits', async () => {
    const channelId = messenger.town.channel([ada, can]);
    messenger.town.allow(channelId, can, { read: true, send: true, manage: true });
    const messageId = await messenger.send(channelId, ada, 'mine');
    expect(await messenger.refusal(edit, { messageId, content: 'yours' }, can)).toBe('FORBIDDEN Message');
    expect(await messenger.refusal(edit, { messageId, content: 'yours' }, eve)).toBe('NOT_FOUND Message');
    expect(await messenger.refusal(edit, { messageId, content: 'yours' })).toBe('UNAUTHENTICATED');
    expect(await messenger.refusal(edit, { messageId: newId(), content: 'yours' })).toBe('UNAUTHENTICATED');
    expect(await messenger.refusal(remove, { messageId: newId() })).toBe('UNAUTHENTICATED');
    expect(await messenger.refusal(edit, { messageId, content: ' ' }, ada)).toBe('VALIDATION_FAILED');
    expect(await messenger.refusal(edit, { messageId: newId(), content: 'a' }, ada)).toBe('NOT_FOUND Message');
  });

  test('a deleted message is gone from everywhere, once', async () => {
    const channelId = messenger.town.channel([ada, can]);
    const first = await messenger.send(channelId, ada, 'one');
    const messageId = await messenger.send(channelId, ada, 'two');
    const reply = await messenger.send(channelId, can, 'to two', { replyToId: messageId });
    const heard = await messenger.record(`channel:${channelId}`);
    const answers = await Promise.all([1, 2, 3].map(() => messenger.execute(remove, { messageId }, ada)));
    const [done, ...others] = answers.sort((a, b) => Number(Boolean(a.errors)) - Number(Boolean(b.errors)));
    expect(done?.data).toEqual({ deleteMessage: { messageId, channelId } });
    expect(others.map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    await expect.poll(() => heard.map(({ type }) => type)).toEqual(['message.deleted']);
    expect(heard[0]?.payload).toEqual({ messageId, channelId, serverId: null });

    expect(await channelAs(channelId, can)).toEqual({ last: reply, ids: [first, reply] });
    expect((await messenger.data(read, { id: reply }, ada)).message.replyTo).toBeNull();
    expect(await messenger.refusal(read, { id: messageId }, ada)).toBe('NOT_FOUND Message');
    expect(await messenger.refusal(entity, { r: [{ __typename: 'Message', id: messageId }] }, ada)).toBe(
      'NOT_FOUND Message',
    );
    expect(await messenger.refusal(edit, { messageId, content: 'back' }, ada)).toBe('NOT_FOUND Message');
    const [row] = await messenger.database.reader.query('SELECT content FROM messages WHERE id = ?', [messageId]);
    expect(row).toEqual({ content: '' });
  });

  test('the newest message is the newest that is left', async () => {
    const channelId = messenger.town.channel([ada]);
    const ids = [];
    for (const text of ['one', 'two', 'three']) ids.push(await messenger.send(channelId, ada, text));
    for (const left of [2, 1, 0]) {
      await messenger.data(remove, { messageId: ids[left] }, ada);
      expect(await channelAs(channelId, ada)).toEqual({ last: ids[left - 1] ?? null, ids: ids.slice(0, left) });
    }
    const next = await messenger.send(channelId, ada, 'four');
    expect(next > (ids[2] ?? '')).toBe(true);
    expect(await channelAs(channelId, ada)).toEqual({ last: next, ids: [next] });
  });

  test('who may manage messages deletes those of others; nobody else does', async () => {
    const channelId = messenger.town.channel([ada, can]);
    const messageId = await messenger.send(channelId, ada, 'mine');
    const elsewhere = messenger.town.channel([ada, can]);
    expect(await messenger.refusal(remove, { messageId }, can)).toBe('FORBIDDEN Message');
    expect(await messenger.refusal(remove, { messageId }, eve)).toBe('NOT_FOUND Message');
    expect(await messenger.refusal(remove, { messageId, channelId }, eve)).toBe('FORBIDDEN Channel');
    expect(await messenger.refusal(remove, { messageId, channelId: newId() }, ada)).toBe('NOT_FOUND Channel');
    expect(await messenger.refusal(remove, { messageId, channelId: elsewhere }, ada)).toBe('NOT_FOUND Message');
    const manager = newId();
    messenger.town.allow(channelId, manager, { read: true, manage: true });
    await messenger.data(remove, { messageId, channelId }, manager);
    expect(await channelAs(channelId, ada)).toEqual({ last: null, ids: [] });
  });

  test('an author who may no longer read the channel can neither edit nor delete', async () => {
    const channelId = messenger.town.channel([ada]);
    const writer = newId();
    messenger.town.allow(channelId, writer, { read: true, send: true });
    const messageId = await messenger.send(channelId, writer, 'bye');
    messenger.town.allow(channelId, writer, {});
    await messenger.publish({
      type: 'access.changed',
      topics: ['access'],
      aggregate: 'a',
      payload: { userIds: [writer], serverId: null },
    });
    expect(await messenger.refusal(edit, { messageId, content: 'still here' }, writer)).toBe('NOT_FOUND Message');
    expect(await messenger.refusal(remove, { messageId }, writer)).toBe('NOT_FOUND Message');
    expect(await channelAs(channelId, ada)).toEqual({ last: messageId, ids: [messageId] });
  });
});
