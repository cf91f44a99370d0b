import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, asService, openSupport, type SupportDesk } from '../testing/support.ts';

const unread = `query ($input: UnreadThreadsInput!) { unreadSupportThreads(input: $input) { threadId lastMessageId } }`;
const ids = 'query ($userId: ID!) { supportThreadIds(userId: $userId) }';
const mark = `mutation ($threadId: ID!, $messageId: ID!) {
  markThreadSeen(input: { threadId: $threadId, messageId: $messageId }) { thread { id } }
}`;

describe.each(backends)("what support has for somebody's inbox on $name", ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;
  const ada = newId();
  const threads: string[] = [];
  const answers: string[] = [];

  beforeAll(async () => {
    backend = await open();
    desk = await openSupport(backend.settings);
    agent = await desk.agent();
    for (const text of ['one', 'two', 'three', 'four']) {
      const threadId = await desk.start('Ada', ada);
      threads.unshift(threadId);
      await desk.send(threadId, 'Help!', ada);
      answers.unshift(await desk.send(threadId, text, agent));
    }
    await desk.send(await desk.start('Ada', ada), 'Nobody answered.', ada);
    await desk.send(await desk.start('Can', newId()), 'elsewhere', agent);
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const read = async (page: object = {}, userId = ada): Promise<string[]> => {
    const input = { userId, limit: 10, backward: false, ...page };
    const { unreadSupportThreads } = await desk.data(unread, { input }, asService);
    return unreadSupportThreads.map(({ threadId }: { threadId: string }) => threadId);
  };

  test('are the threads where an agent wrote what they have not seen, from either end', async () => {
    expect(await read()).toEqual(threads);
    expect(await read({ limit: 2 })).toEqual(threads.slice(0, 2));
    expect(await read({ after: answers[1] })).toEqual(threads.slice(2));
    expect(await read({ backward: true, limit: 2 })).toEqual([threads[3], threads[2]]);
    expect(await read({ backward: true, before: answers[2] })).toEqual([threads[1], threads[0]]);
    expect(await read({}, newId())).toEqual([]);
  });

  test('are no more once they have seen or answered it', async () => {
    await desk.data(mark, { threadId: threads[0], messageId: answers[0] });
    await desk.send(threads[2] ?? '', 'Thank you.', ada);
    expect(await read()).toEqual([threads[1], threads[3]]);
    await desk.send(threads[0] ?? '', 'And?', agent);
    expect(await read()).toEqual([threads[0], threads[1], threads[3]]);
  });

  test('are told to services alone', async () => {
    const own = (await desk.data(ids, { userId: ada }, asService)).supportThreadIds;
    expect(own).toHaveLength(5);
    expect(own).toEqual(expect.arrayContaining(threads));
    const input = { userId: ada, limit: 1, backward: false };
    for (const as of [undefined, ada, agent]) {
      expect(await desk.refusal(unread, { input }, as)).toBe('FORBIDDEN SupportThread');
      expect(await desk.refusal(ids, { userId: ada }, as)).toBe('FORBIDDEN SupportThread');
    }
  });

  test('a thread that begins is told to whoever listens for its account', async () => {
    const heard = await desk.record(`access:user:${ada}`);
    await desk.start('Ada');
    const threadId = await desk.start('Ada', ada);
    await expect.poll(() => heard.map(({ payload }) => (payload.thread as { id: string }).id)).toEqual([threadId]);
    expect(JSON.stringify(heard[0]?.payload)).not.toContain(ada);
  });
});
