import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, openSupport, type SupportDesk } from '../testing/support.ts';

const beat = `mutation ($threadId: ID!) { visitorHeartbeat(input: { threadId: $threadId }) { thread { id online lastActivityAt } } }`;
const type = `mutation ($threadId: ID!) { startSupportTyping(input: { threadId: $threadId }) { thread { id } } }`;
const read = 'query ($id: ID!) { supportThread(id: $id) { online lastActivityAt } }';

describe.each(backends)('signs of life on $name', ({ open }) => {
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

  async function quietSince(threadId: string, seconds: number): Promise<void> {
    const moment = new Date(Date.now() - seconds * 1_000);
    await desk.database.write(({ manager }) =>
      manager.update('SupportThread', { id: threadId }, { lastActivityAt: moment }),
    );
  }

  test('a heartbeat shows the visitor online for two minutes, and everybody hears it', async () => {
    const threadId = await desk.start();
    const [inThread, inInbox] = [await desk.record(`support-thread:${threadId}`), await desk.record('support-inbox')];
    await quietSince(threadId, 119);
    expect((await desk.data(read, { id: threadId })).supportThread.online).toBe(true);
    await quietSince(threadId, 121);
    expect((await desk.data(read, { id: threadId })).supportThread.online).toBe(false);
    const { thread } = (await desk.data(beat, { threadId })).visitorHeartbeat;
    expect(thread).toMatchObject({ id: threadId, online: true });
    expect((await desk.data(read, { id: threadId })).supportThread).toEqual({
      online: true,
      lastActivityAt: thread.lastActivityAt,
    });
    for (const heard of [inThread, inInbox])
      await expect
        .poll(() => heard.map(({ type, payload }) => ({ type, payload })))
        .toEqual([{ type: 'support-visitor.online', payload: { threadId, at: thread.lastActivityAt } }]);
  });

  test('typing is announced once for each side however often it is said', async () => {
    const threadId = await desk.start();
    const heard = await desk.record(`support-thread:${threadId}`);
    for (let index = 0; index < 5; index++) {
      expect((await desk.data(type, { threadId })).startSupportTyping.thread).toEqual({ id: threadId });
      await desk.data(type, { threadId }, agent);
    }
    await desk.data(beat, { threadId });
    await expect.poll(() => heard.map(({ payload }) => payload.sender)).toEqual(['VISITOR', 'AGENT', undefined]);
    expect(heard[0]).toMatchObject({ type: 'support-typing.started', payload: { threadId, sender: 'VISITOR' } });
  });

  test('an agent is not the visitor, and no thread has none', async () => {
    const threadId = await desk.start();
    expect(await desk.refusal(beat, { threadId }, agent)).toBe('FORBIDDEN SupportThread');
    for (const mutation of [beat, type])
      for (const id of [newId(), 'x'])
        expect(await desk.refusal(mutation, { threadId: id })).toBe('NOT_FOUND SupportThread');
  });

  test('a visitor gives 60 signs a minute, and an agent as many', async () => {
    const threadId = await desk.start();
    for (let index = 0; index < 60; index++) await desk.data(type, { threadId });
    expect(await desk.refusal(type, { threadId })).toBe('RATE_LIMITED');
    expect(await desk.refusal(type, { threadId }, agent)).toBe('');
    expect(await desk.refusal(beat, { threadId })).toBe('');
  });
});
