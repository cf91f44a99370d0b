import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, openSupport, type SupportDesk } from '../testing/support.ts';

const mark = `mutation ($threadId: ID!, $messageId: ID!) { markThreadSeen(input: { threadId: $threadId, messageId: $messageId }) {
  thread { unreadCount visitorSeenMessageId agentsSeenMessageId }
} }`;
const unread = 'query ($id: ID!) { supportThread(id: $id) { unreadCount } }';

describe.each(backends)('how far each side has read on $name', ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;

  beforeAll(async () => {
    backend = await open();
    desk = await openSupport(backend.settings);
    agent = await desk.agent();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const unreadFor = async (id: string, as?: Agent) => (await desk.data(unread, { id }, as)).supportThread.unreadCount;
  const markAs = async (threadId: string, messageId: string | undefined, as?: Agent) =>
    (await desk.data(mark, { threadId, messageId }, as)).markThreadSeen.thread;

  test('each side counts what the other wrote after its place, which moves forward only', async () => {
    const threadId = await desk.start();
    const asked: string[] = [];
    for (const text of ['one', 'two', 'three']) asked.push(await desk.send(threadId, text));
    expect([await unreadFor(threadId), await unreadFor(threadId, agent)]).toEqual([0, 3]);
    const heard = await desk.record(`support-thread:${threadId}`);
    const seen = { visitorSeenMessageId: asked[2] };
    expect(await markAs(threadId, asked[1], agent)).toEqual({ ...seen, unreadCount: 1, agentsSeenMessageId: asked[1] });
    expect(await markAs(threadId, asked[0], agent)).toEqual({ ...seen, unreadCount: 1, agentsSeenMessageId: asked[1] });
    expect(await markAs(threadId, asked[1], await desk.agent())).toMatchObject({ unreadCount: 1 });
    expect(await markAs(threadId, asked[2], agent)).toMatchObject({ unreadCount: 0 });
    await expect
      .poll(() => heard.map(({ payload }) => (payload.thread as Record<string, unknown>).agentsSeenMessageId))
      .toEqual([asked[1], asked[2]]);
  });

  test('whoever writes has seen what is before; the other side hears of it where that was news', async () => {
    const threadId = await desk.start();
    await desk.send(threadId, 'Help!');
    const heard = await desk.record(`support-thread:${threadId}`);
    const first = await desk.send(threadId, 'How?', agent);
    const second = await desk.send(threadId, 'I mean, with what?', agent);
    expect([await unreadFor(threadId), await unreadFor(threadId, agent)]).toEqual([2, 0]);
    expect(await markAs(threadId, first)).toMatchObject({ unreadCount: 1, visitorSeenMessageId: first });
    expect(await markAs(threadId, second)).toMatchObject({ unreadCount: 0, agentsSeenMessageId: second });
    await expect
      .poll(() => heard.map(({ type }) => type))
      .toEqual([
        'support-message.created',
        'support-thread.updated',
        'support-message.created',
        'support-thread.updated',
        'support-thread.updated',
      ]);
  });

  test('of many marks at once, the furthest holds', async () => {
    const threadId = await desk.start();
    const asked: string[] = [];
    for (let index = 0; index < 8; index++) asked.push(await desk.send(threadId, `message ${index}`));
    await Promise.all([...asked, ...asked].map((id) => markAs(threadId, id, agent)));
    expect(await unreadFor(threadId, agent)).toBe(0);
  });

  test('a place is a message of the same thread', async () => {
    const [threadId, other] = [await desk.start(), await desk.start()];
    const elsewhere = await desk.send(other, 'elsewhere');
    for (const as of [undefined, agent]) {
      for (const messageId of [elsewhere, newId(), 'zzz'])
        expect(await desk.refusal(mark, { threadId, messageId }, as)).toBe('NOT_FOUND SupportMessage');
      expect(await desk.refusal(mark, { threadId: newId(), messageId: elsewhere }, as)).toBe('NOT_FOUND SupportThread');
    }
  });
});
