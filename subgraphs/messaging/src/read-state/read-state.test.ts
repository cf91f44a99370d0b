import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChannelHead } from '../message/channel-head.ts';
import { Message } from '../message/message.ts';
import { type Messenger, openMessenger } from '../testing/fixture.ts';

const markRead = `mutation ($channelId: ID!, $messageId: ID) {
  markRead(input: { channelId: $channelId, messageId: $messageId }) { channel { id unreadCount } }
}`;
const unread = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Channel { unreadCount } } }';

describe.each(backends)('read states on $name', ({ open }) => {
  let backend: OpenBackend;
  let messenger: Messenger;
  const [ada, can] = [newId(), newId()];

  beforeAll(async () => {
    backend = await open();
    messenger = await openMessenger(backend.settings);
  });
  afterAll(async () => {
    await messenger[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const unreadFor = async (viewer: string, channelId: string): Promise<number> =>
    (await messenger.data(unread, { r: [{ __typename: 'Channel', id: channelId }] }, viewer))._entities[0].unreadCount;
  const mark = async (channelId: string, messageId?: string, viewer = can): Promise<number> =>
    (await messenger.data(markRead, { channelId, messageId }, viewer)).markRead.channel.unreadCount;

  async function said(count: number) {
    const channelId = messenger.town.channel([ada, can]);
    const ids: string[] = [];
    for (let index = 0; index < count; index++) ids.push(await messenger.send(channelId, ada, `message ${index}`));
    return { channelId, ids };
  }

  test('what others wrote after the place is unread; the place moves forward only', async () => {
    const { channelId, ids } = await said(5);
    const heard = await messenger.record(`user:${can}`);
    expect(await unreadFor(can, channelId)).toBe(5);
    expect(await unreadFor(ada, channelId)).toBe(0);
    expect(await mark(channelId, ids[1])).toBe(3);
    expect(await mark(channelId, ids[3])).toBe(1);
    expect(await mark(channelId, ids[0])).toBe(1);
    expect(await mark(channelId, ids[3])).toBe(1);
    expect(await mark(channelId)).toBe(0);
    expect(await mark(channelId)).toBe(0);
    await expect.poll(() => heard).toHaveLength(3);
    expect(heard.map(({ type, payload }) => ({ type, payload }))).toEqual(
      [ids[1], ids[3], ids[4]].map((lastReadMessageId) => ({
        type: 'read-state.changed',
        payload: { userId: can, channelId, lastReadMessageId },
      })),
    );
  });

  test('a channel tells each viewer their own place in it', async () => {
    const { channelId, ids } = await said(2);
    const placeOf = async (viewer: string) => {
      const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Channel { lastReadMessageId } } }';
      const { _entities } = await messenger.data(query, { r: [{ __typename: 'Channel', id: channelId }] }, viewer);
      return _entities[0].lastReadMessageId;
    };
    expect([await placeOf(ada), await placeOf(can)]).toEqual([ids[1], null]);
    await mark(channelId, ids[0]);
    expect([await placeOf(ada), await placeOf(can)]).toEqual([ids[1], ids[0]]);
  });

  test('of many marks at once, the furthest holds', async () => {
    const { channelId, ids } = await said(10);
    const heard = await messenger.record(`user:${can}`);
    await Promise.all([...ids, ...ids].map((id) => mark(channelId, id)));
    expect(await unreadFor(can, channelId)).toBe(0);
    const last = () => heard.at(-1)?.payload.lastReadMessageId;
    await expect.poll(last).toBe(ids.at(-1));
    const places = heard.map(({ payload }) => String(payload.lastReadMessageId));
    expect(places).toEqual([...new Set(places)].sort());
  });

  test('whoever writes has read what is before; their other sessions hear of it where that was news', async () => {
    const { channelId } = await said(3);
    const [mine, hers] = [await messenger.record(`user:${can}`), await messenger.record(`user:${ada}`)];
    const answer = await messenger.send(channelId, can, 'I have read it');
    await messenger.send(channelId, can, 'and this is mine');
    expect(await unreadFor(can, channelId)).toBe(0);
    expect(await unreadFor(ada, channelId)).toBe(2);
    const later = await messenger.send(channelId, ada, 'I see');
    await expect.poll(() => hers).toHaveLength(1);
    expect(mine.map(({ payload }) => payload.lastReadMessageId)).toEqual([answer]);
    expect(hers.map(({ payload }) => payload.lastReadMessageId)).toEqual([later]);
    expect(await unreadFor(can, channelId)).toBe(1);
  });

  test('deleted messages do not count, but may be marked', async () => {
    const { channelId, ids } = await said(4);
    const remove = 'mutation ($id: ID!) { deleteMessage(input: { messageId: $id }) { messageId } }';
    for (const id of [ids[1], ids[3]]) await messenger.data(remove, { id }, ada);
    expect(await unreadFor(can, channelId)).toBe(2);
    expect(await mark(channelId, ids[1])).toBe(1);
    expect(await mark(channelId)).toBe(0);
  });

  test('an empty channel has nothing to mark', async () => {
    const channelId = messenger.town.channel([can]);
    expect(await mark(channelId)).toBe(0);
  });

  test('refuses a place elsewhere, and a channel that may not be read', async () => {
    const { channelId, ids } = await said(1);
    const other = messenger.town.channel([can]);
    expect(await messenger.refusal(markRead, { channelId: other, messageId: ids[0] }, can)).toBe('NOT_FOUND Message');
    expect(await messenger.refusal(markRead, { channelId, messageId: newId() }, can)).toBe('NOT_FOUND Message');
    expect(await messenger.refusal(markRead, { channelId }, newId())).toBe('FORBIDDEN Channel');
    expect(await messenger.refusal(markRead, { channelId: newId() }, can)).toBe('NOT_FOUND Channel');
  });

  test('counting stops at a thousand', async () => {
    const { channelId } = await said(1);
    const createdAt = new Date();
    const more = Array.from({ length: 1_005 }, () => ({
      id: newId(),
      channelId,
      authorId: ada,
      content: 'more',
      createdAt,
    }));
    const lastId = more.at(-1)?.id ?? null;
    await messenger.database.write(async ({ manager }) => {
      await manager.createQueryBuilder().insert().into(Message).values(more).updateEntity(false).execute();
      await manager.update(ChannelHead, { channelId }, { lastId, lastMessageId: lastId });
    });
    expect(await unreadFor(can, channelId)).toBe(1_000);
    expect(await mark(channelId, more[904]?.id)).toBe(100);
  });
});
