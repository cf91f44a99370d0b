import type { LogEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, asService, openSupport, type SupportDesk } from '../testing/support.ts';

const open = (fields: string) => `query ($id: ID!) { supportThread(id: $id) { ${fields} } }`;
const entity = (type: string, fields: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`;
const lastAuthor = 'lastMessage { text author { id } }';
const note = `mutation ($threadId: ID!, $text: String!) { addPrivateNote(input: { threadId: $threadId, text: $text }) {
  note { id threadId text createdAt author { id } } thread { id notes { text } }
} }`;
const assign = `mutation ($threadId: ID!, $assigneeId: ID) {
  assignThread(input: { threadId: $threadId, assigneeId: $assigneeId }) { thread { assignee { id } } }
}`;

describe.each(backends)('who may see and do what in the support chat on $name', ({ open: openBackend }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;
  /** A thread of `owner` with a message of each side, a note and an assignee. */
  let threadId: string;
  const owner = newId();

  beforeAll(async () => {
    backend = await openBackend();
    desk = await openSupport(backend.settings);
    agent = await desk.agent();
    threadId = await desk.start('Ayşe', owner);
    await desk.send(threadId, 'secret of the visitor');
    await desk.send(threadId, 'secret answer', agent);
    await desk.data(note, { threadId, text: 'secret note' }, agent);
    await desk.data(assign, { threadId, assigneeId: agent.userId }, agent);
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  const secrets = ['notes { text }', 'assignee { id }', 'account { id }', lastAuthor];

  test('an agent sees all of a thread', async () => {
    const { supportThread } = await desk.data(open(secrets.join(' ')), { id: threadId }, await desk.agent());
    expect(supportThread).toEqual({
      notes: [{ text: 'secret note' }],
      assignee: { id: agent.userId },
      account: { id: owner },
      lastMessage: { text: 'secret answer', author: { id: agent.userId } },
    });
  });

  test.each([
    ['the visitor', () => undefined],
    ['the visitor, signed in', () => owner],
    ['another user who got to know its id', () => newId()],
    ['a service', () => asService],
  ])('%s sees what both sides wrote and nothing of what is among agents', async (_, speaker) => {
    const as = speaker();
    const all = open('displayName messages { edges { node { text sender } } }');
    expect((await desk.data(all, { id: threadId }, as)).supportThread).toEqual({
      displayName: 'Ayşe',
      messages: {
        edges: [
          { node: { text: 'secret of the visitor', sender: 'VISITOR' } },
          { node: { text: 'secret answer', sender: 'AGENT' } },
        ],
      },
    });
    for (const secret of secrets) {
      const { data, errors } = await desk.execute(open(`displayName ${secret}`), { id: threadId }, as);
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN']);
      expect(data?.supportThread.displayName).toBe('Ayşe');
      const text = JSON.stringify(data);
      for (const hidden of ['secret note', agent.userId, owner]) expect(text).not.toContain(hidden);
    }
  });

  test('a thread is there for whoever knows its id, by query and by reference; no other leads to it', async () => {
    const r = [{ __typename: 'SupportThread', id: threadId }];
    for (const as of [undefined, newId(), agent])
      expect((await desk.data(entity('SupportThread', 'displayName'), { r }, as))._entities).toEqual([
        { displayName: 'Ayşe' },
      ]);
    const other = await desk.start('Mehmet');
    const text = JSON.stringify(
      await desk.data(open('id messages { edges { node { text } } } lastMessage { text }'), { id: other }),
    );
    expect(text).not.toContain('secret');
  });

  test('a message by its id alone is for agents', async () => {
    const [id] = await desk.messagesOf(threadId);
    const byId = (as?: Parameters<SupportDesk['refusal']>[2]) =>
      desk.refusal(entity('SupportMessage', 'text threadId'), { r: [{ __typename: 'SupportMessage', id }] }, as);
    expect(await byId(agent)).toBe('');
    expect(await byId()).toBe('UNAUTHENTICATED');
    expect(await byId(owner)).toBe('NOT_FOUND SupportMessage');
    expect(await byId(newId())).toBe('NOT_FOUND SupportMessage');
  });

  const forAgents: readonly [string, string][] = [
    ['the inbox', '{ supportThreads { edges { node { id } } } }'],
    ['assigning', assign],
    [
      'setting a status',
      'mutation ($threadId: ID!) { setThreadStatus(input: { threadId: $threadId, status: RESOLVED }) { thread { id } } }',
    ],
    ['noting', note],
    ['clearing', 'mutation ($threadId: ID!) { clearThread(input: { threadId: $threadId }) { thread { id } } }'],
    ['clearing all', 'mutation { clearAllThreads { count } }'],
  ];

  test.each(forAgents)('%s is for agents', async (_, query) => {
    const variables = { threadId, text: 'mine', assigneeId: null };
    expect(await desk.refusal(query, variables)).toBe('UNAUTHENTICATED');
    expect(await desk.refusal(query, variables, asService)).toBe('UNAUTHENTICATED');
    expect(await desk.refusal(query, variables, owner)).toBe('FORBIDDEN SupportThread');
    expect(await desk.messagesOf(threadId)).toHaveLength(2);
  });

  test('a user sees the threads that they began, an agent those of anybody', async () => {
    const mine = entity('User', 'supportThreads { edges { node { id } } }');
    const r = [{ __typename: 'User', id: owner }];
    const expected = [{ supportThreads: { edges: [{ node: { id: threadId } }] } }];
    for (const as of [owner, agent]) expect((await desk.data(mine, { r }, as))._entities).toEqual(expected);
    expect(await desk.refusal(mine, { r }, newId())).toBe('FORBIDDEN User');
    expect(await desk.refusal(mine, { r })).toBe('UNAUTHENTICATED');
    expect(await desk.refusal(mine, { r }, { audience: [`user:${owner}`] })).toBe('VIEWER_REQUIRED');
  });

  test('an agent whose session has ended is nobody', async () => {
    const gone = await desk.agent();
    expect(await desk.refusal(open('notes { text }'), { id: threadId }, gone)).toBe('');
    const { sessionId, userId } = gone;
    desk.ground.tokens.revoke([{ sessionId, userId, revokedAt: new Date().toISOString() }]);
    const queries = [...forAgents.map(([, query]) => query), open('displayName')];
    for (const query of queries)
      expect(await desk.refusal(query, { threadId, id: threadId, text: 'late' }, gone)).toBe('UNAUTHENTICATED');
  });

  test('who is no agent cannot make themselves one by what they sign in as', async () => {
    const { token } = await desk.ground.tokens.signAccess(newId(), newId(), { agent: false });
    expect(await desk.refusal('{ supportThreads { edges { cursor } } }', {}, { token })).toBe(
      'FORBIDDEN SupportThread',
    );
  });

  describe('in an execution that many share', () => {
    const happened = (
      draft:
        | ReturnType<(typeof events)['supportThreadCleared']>
        | { type: string; topics: readonly string[]; payload: object },
    ): LogEvent => ({ ...draft, id: newId(), at: new Date().toISOString(), position: '0-1' }) as LogEvent;
    const inThread = (fields: string) =>
      `subscription ($threadId: ID!) { supportThreadEvents(threadId: $threadId) { ... on SupportMessageCreated { ${fields} } } }`;
    const inInbox = (fields: string) => `subscription { supportInbox { ... on SupportMessageCreated { ${fields} } } }`;

    async function answer(): Promise<LogEvent> {
      const heard = await desk.record(`support-thread:${threadId}`);
      await desk.send(threadId, 'secret answer', agent);
      await expect.poll(() => heard.at(-1)?.type).toBe('support-message.created');
      return heard.at(-1) as LogEvent;
    }
    const project = async (event: LogEvent, query: string, as: Parameters<SupportDesk['project']>[3]) => {
      const { data, errors } = await desk.project(event, query, { threadId }, as);
      return { text: JSON.stringify(data), codes: errors?.map(({ extensions }) => extensions?.code) ?? [] };
    };

    test('what both sides see is shared', async () => {
      const event = await answer();
      const fields =
        'message { text sender fileUrl } thread { displayName status lastMessage { text } messages { edges { node { text } } } }';
      for (const query of [inThread(fields), inInbox(fields)])
        expect(await project(event, query, { audience: event.topics })).toEqual({
          text: expect.stringContaining('secret answer'),
          codes: [],
        });
    });

    test.each([
      'message { author { id } }',
      'thread { notes { text } }',
      'thread { assignee { id } }',
      'thread { account { id } }',
      'thread { unreadCount }',
    ])('%s asks who is reading, and is answered to each by what they may', async (fields) => {
      const event = await answer();
      for (const query of [inThread(fields), inInbox(fields)]) {
        const shared = await project(event, query, { audience: event.topics });
        expect(shared.codes).toEqual(['VIEWER_REQUIRED']);
        expect(shared.text).not.toContain(agent.userId);
        expect((await project(event, query, agent)).codes).toEqual([]);
        if (fields.includes('unreadCount')) continue;
        const toVisitor = await project(event, query, undefined);
        expect(toVisitor.codes).toEqual(['FORBIDDEN']);
        for (const hidden of ['secret note', agent.userId, owner]) expect(toVisitor.text).not.toContain(hidden);
      }
    });

    test('what an inbox alone hears of a thread is shared among agents, whoever else the event is for', async () => {
      const event = await answer();
      const fields = 'message { author { id } } thread { notes { text } assignee { id } account { id } unreadCount }';
      const { text, codes } = await project(event, inInbox(fields), { audience: ['support-inbox'] });
      expect(codes).toEqual([]);
      expect(text).toContain('secret note');
      expect((await project(event, inInbox(fields), { audience: [] })).codes).toContain('VIEWER_REQUIRED');
    });

    test('what agents alone hear is shared among them', async () => {
      const payload = {
        id: newId(),
        threadId,
        authorId: agent.userId,
        text: 'secret note',
        createdAt: new Date().toISOString(),
      };
      const event = happened(events.privateNoteAdded({ note: payload }));
      const query = `subscription { supportInbox { ... on PrivateNoteAdded { threadId note { text author { id } } } } }`;
      const { text, codes } = await project(event, query, { audience: event.topics });
      expect(codes).toEqual([]);
      expect(text).toContain(agent.userId);
    });
  });
});
