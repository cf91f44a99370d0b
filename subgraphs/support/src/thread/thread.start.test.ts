import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSupport, type SupportDesk } from '../testing/support.ts';

const start = `mutation ($displayName: String!) { startSupportThread(input: { displayName: $displayName }) { thread {
  id displayName status origin createdAt lastActivityAt online lastMessageAt visitorSeenMessageId agentsSeenMessageId
} } }`;
const resume = `mutation ($threadId: ID!) { resumeSupportThread(input: { threadId: $threadId }) { thread { id displayName } } }`;
const read = 'query ($id: ID!) { supportThread(id: $id) { id displayName } }';

describe.each(backends)('beginning a support thread on $name', ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;

  beforeAll(async () => {
    backend = await open();
    desk = await openSupport(backend.settings);
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  test('gives a thread that nobody can guess, and tells the agents', async () => {
    const heard = await desk.record('support-inbox');
    const { startSupportThread } = await desk.data(start, { displayName: '  Ayşe 👋 ' });
    const moment = expect.stringMatching(/\.\d{3}Z$/);
    expect(startSupportThread.thread).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
      displayName: 'Ayşe 👋',
      status: 'OPEN',
      origin: 'WEB',
      createdAt: moment,
      lastActivityAt: moment,
      online: true,
      lastMessageAt: null,
      visitorSeenMessageId: null,
      agentsSeenMessageId: null,
    });
    await expect.poll(() => heard.map(({ type }) => type)).toEqual(['support-thread.started']);
    expect(heard[0]?.payload.thread).toMatchObject({ id: startSupportThread.thread.id, displayName: 'Ayşe 👋' });
  });

  test('whoever knows its id finds it again, signed in or not; nobody finds another', async () => {
    const id = await desk.start('Ayşe');
    const thread = { id, displayName: 'Ayşe' };
    expect((await desk.data(resume, { threadId: id })).resumeSupportThread).toEqual({ thread });
    for (const as of [undefined, newId(), await desk.agent()])
      expect((await desk.data(read, { id }, as)).supportThread).toEqual(thread);
    for (const other of [newId(), '', 'x', `${id}'--`, id.slice(1), '%'])
      for (const query of [read, resume])
        expect(await desk.refusal(query, { id: other, threadId: other })).toBe('NOT_FOUND SupportThread');
  });

  test.each([
    ['nothing', ' \t\n', '1 to 80 characters.'],
    ['nothing that can be seen', '\u200b\u2800', '1 to 80 characters.'],
    ['too much', '👋'.repeat(81), '1 to 80 characters.'],
    ['two lines', 'a\nb', 'One line of ordinary characters.'],
    ['text turned around', 'a\u202eb', 'One line of ordinary characters.'],
    ['half a surrogate pair', 'a\ud800', 'One line of ordinary characters.'],
    ['a NUL', 'a\0', 'One line of ordinary characters.'],
  ])('refuses a name of %s', async (_, displayName, reason) => {
    const { errors } = await desk.execute(start, { displayName });
    expect(errors?.[0]?.extensions).toEqual({ code: 'VALIDATION_FAILED', fields: { displayName: [reason] } });
  });

  test('keeps 80 characters of any kind as they are', async () => {
    const displayName = '👩‍🚀'.repeat(26).concat('şÇ');
    const id = await desk.start(displayName);
    expect((await desk.data(read, { id })).supportThread.displayName).toBe(displayName);
  });
});
