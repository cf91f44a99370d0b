import { newId } from '@kopru/runtime/ids.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Agent, openSupport, type SupportDesk } from '../testing/support.ts';

const list = `query ($status: SupportThreadStatus, $first: Int, $after: String, $last: Int, $before: String) {
  supportThreads(status: $status, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const setStatus = `mutation ($threadId: ID!, $status: SupportThreadStatus!) {
  setThreadStatus(input: { threadId: $threadId, status: $status }) { thread { id status } }
}`;
const assign = `mutation ($threadId: ID!, $assigneeId: ID) {
  assignThread(input: { threadId: $threadId, assigneeId: $assigneeId }) { thread { assignee { id } } }
}`;
const addNote = `mutation ($threadId: ID!, $text: String!) { addPrivateNote(input: { threadId: $threadId, text: $text }) {
  note { id threadId text createdAt author { id } } thread { notes { text author { id } } }
} }`;
const clear = `mutation ($threadId: ID!) { clearThread(input: { threadId: $threadId }) { thread {
  id lastMessage { id } lastMessageAt unreadCount agentsSeenMessageId visitorSeenMessageId messages { edges { node { id } } }
} } }`;
const clearAll = 'mutation { clearAllThreads { count } }';

describe.each(backends)("the agents' desk on $name", ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;
  const colleague = newId();

  beforeAll(async () => {
    backend = await open();
    desk = await openSupport(backend.settings, { accounts: new Set([colleague]) });
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    agent = await desk.agent();
    await desk.data(clearAll, {}, agent);
  });

  const listed = async (variables: object = {}) => (await desk.data(list, { ...variables }, agent)).supportThreads;
  const ids = ({ edges }: { edges: { node: { id: string } }[] }) => edges.map(({ node }) => node.id);
  const typesIn = (events: readonly { type: string }[]) => events.map(({ type }) => type);

  test('lists threads by their last message, newest first, those without one last', async () => {
    const [a, b, c, d] = [await desk.start('a'), await desk.start('b'), await desk.start('c'), await desk.start('d')];
    expect(ids(await listed())).toEqual([d, c, b, a]);
    await desk.send(b, 'first');
    await desk.send(a, 'second');
    expect(ids(await listed())).toEqual([a, b, d, c]);
    await desk.send(b, 'answer', agent);
    expect(ids(await listed())).toEqual([b, a, d, c]);
    await desk.data(setStatus, { threadId: a, status: 'RESOLVED' }, agent);
    expect(ids(await listed({ status: 'RESOLVED' }))).toEqual([a]);
    expect(ids(await listed({ status: 'OPEN' }))).toEqual([b, d, c]);
    expect(ids(await listed({ status: 'PENDING' }))).toEqual([]);
  });

  test('lists them in pages from either end', async () => {
    const all: string[] = [];
    for (let index = 0; index < 7; index++) all.unshift(await desk.start(`visitor ${index}`));
    const moved = all.splice(3, 1);
    await desk.send(moved[0] ?? '', 'up');
    all.unshift(...moved);
    const first = await listed({ first: 3 });
    expect(ids(first)).toEqual(all.slice(0, 3));
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await listed({ first: 10, after: first.pageInfo.endCursor });
    expect(ids(second)).toEqual(all.slice(3));
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const last = await listed({ last: 2 });
    expect(ids(last)).toEqual(all.slice(5));
    const before = await listed({ last: 3, before: last.pageInfo.startCursor });
    expect(ids(before)).toEqual(all.slice(2, 5));
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    for (const wrong of [{ after: 'x' }, { before: newId() }, { first: 0 }, { first: 101 }, { first: 1, last: 1 }])
      expect(await desk.refusal(list, wrong, agent)).toBe('VALIDATION_FAILED');
  });

  test('a status is told once, however often it is set', async () => {
    const threadId = await desk.start();
    const heard = await desk.record(`support-thread:${threadId}`);
    for (const status of ['PENDING', 'PENDING', 'RESOLVED'])
      expect((await desk.data(setStatus, { threadId, status }, agent)).setThreadStatus.thread).toEqual({
        id: threadId,
        status,
      });
    await expect
      .poll(() => heard.map(({ payload }) => (payload.thread as { status: string }).status))
      .toEqual(['PENDING', 'RESOLVED']);
  });

  test('a thread is given to an account, and to nobody again; its visitor hears that something changed, not what', async () => {
    const threadId = await desk.start();
    const heard = await desk.record(`support-thread:${threadId}`);
    for (const assigneeId of [colleague, colleague, null, undefined]) {
      const { assignThread } = await desk.data(assign, { threadId, assigneeId }, agent);
      expect(assignThread.thread.assignee).toEqual(assigneeId ? { id: colleague } : null);
    }
    await expect.poll(() => typesIn(heard)).toEqual(['support-thread.updated', 'support-thread.updated']);
    expect(JSON.stringify(heard)).not.toContain(colleague);
    for (const assigneeId of [newId(), 'x', ''])
      expect(await desk.refusal(assign, { threadId, assigneeId }, agent)).toBe('VALIDATION_FAILED');
  });

  test('a note is for agents: no event of the thread tells of it', async () => {
    const threadId = await desk.start();
    const [inThread, inInbox] = [await desk.record(`support-thread:${threadId}`), await desk.record('support-inbox')];
    const { addPrivateNote } = await desk.data(addNote, { threadId, text: 'Calls at night.' }, agent);
    const author = { id: agent.userId };
    expect(addPrivateNote).toEqual({
      note: {
        id: expect.any(String),
        threadId,
        text: 'Calls at night.',
        createdAt: expect.stringMatching(/Z$/),
        author,
      },
      thread: { notes: [{ text: 'Calls at night.', author }] },
    });
    const other = await desk.agent();
    const { thread } = (await desk.data(addNote, { threadId, text: 'And rings twice.' }, other)).addPrivateNote;
    expect(thread.notes).toEqual([
      { text: 'Calls at night.', author },
      { text: 'And rings twice.', author: { id: other.userId } },
    ]);
    for (const text of ['', ' ', 'a'.repeat(4001), 'a\0'])
      expect(await desk.refusal(addNote, { threadId, text }, agent)).toBe('VALIDATION_FAILED');
    await desk.data(setStatus, { threadId, status: 'PENDING' }, agent);
    await expect
      .poll(() => typesIn(inInbox))
      .toEqual(['support-note.added', 'support-note.added', 'support-thread.updated']);
    expect(typesIn(inThread)).toEqual(['support-thread.updated']);
  });

  test('there is nothing to do where there is no thread', async () => {
    const variables = { threadId: newId(), status: 'OPEN', text: 'a', assigneeId: null };
    for (const mutation of [setStatus, assign, addNote, clear])
      expect(await desk.refusal(mutation, variables, agent)).toBe('NOT_FOUND SupportThread');
  });

  test('clearing a thread leaves it empty, behind those that have messages', async () => {
    const [threadId, other] = [await desk.start(), await desk.start()];
    for (const id of [threadId, other]) await desk.send(id, 'one');
    await desk.send(threadId, 'two', agent);
    const heard = await desk.record(`support-thread:${threadId}`);
    const { clearThread } = await desk.data(clear, { threadId }, agent);
    expect(clearThread.thread).toEqual({
      id: threadId,
      lastMessage: null,
      lastMessageAt: null,
      unreadCount: 0,
      agentsSeenMessageId: null,
      visitorSeenMessageId: null,
      messages: { edges: [] },
    });
    expect(ids(await listed())).toEqual([other, threadId]);
    expect(await desk.messagesOf(other)).toHaveLength(1);
    const again = await desk.send(threadId, 'three');
    expect(await desk.messagesOf(threadId)).toEqual([again]);
    await expect.poll(() => typesIn(heard)).toEqual(['support-thread.cleared', 'support-message.created']);
  });

  test('clearing all leaves nothing, and says how much that was', async () => {
    const threads = [await desk.start(), await desk.start(), await desk.start()];
    for (const id of threads) await desk.send(id, 'one');
    await desk.data(addNote, { threadId: threads[0], text: 'Odd.' }, agent);
    const heard = await desk.record('support-inbox', 'access:support');
    expect((await desk.data(clearAll, {}, agent)).clearAllThreads).toEqual({ count: 3 });
    expect(ids(await listed())).toEqual([]);
    await expect
      .poll(() => heard.map(({ type, payload }) => ({ type, payload })))
      .toEqual([{ type: 'support-threads.cleared', payload: { count: 3 } }]);
    for (const table of ['support_threads', 'support_messages', 'support_notes'])
      expect(await desk.database.reader.query(`SELECT * FROM ${table}`)).toEqual([]);
    expect((await desk.data(clearAll, {}, agent)).clearAllThreads).toEqual({ count: 0 });
  });

  test('what is written while all is cleared is before it or refused, never left without its thread', async () => {
    const threads = await Promise.all(Array.from({ length: 5 }, () => desk.start()));
    const writing = threads.flatMap((id) => [1, 2, 3].map((index) => desk.send(id, `${index}`, agent)));
    await Promise.all([Promise.allSettled(writing), desk.data(clearAll, {}, agent)]);
    const [{ lost }] = await desk.database.reader.query(
      'SELECT COUNT(*) AS lost FROM support_messages WHERE thread_id NOT IN (SELECT id FROM support_threads)',
    );
    expect(Number(lost)).toBe(0);
  });
});
