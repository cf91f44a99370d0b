import type { EventDraft, LogEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Grant } from '@kopru/runtime/subgraph/client.ts';
import { events } from '@kopru/schema/events.ts';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Agent, asService, openSupport, type SupportDesk } from '../testing/support.ts';

const inThread = 'subscription ($threadId: ID!) { supportThreadEvents(threadId: $threadId) { __typename } }';
const inInbox = 'subscription { supportInbox { __typename } }';
const threadTypes = [
  'support-message.created',
  'support-thread.updated',
  'support-thread.cleared',
  'support-typing.started',
  'support-visitor.online',
  'support-delivery.failed',
];

describe.each(backends)('listening to the support chat on $name', ({ open }) => {
  let backend: OpenBackend;
  let desk: SupportDesk;
  let agent: Agent;
  let threadId: string;

  beforeAll(async () => {
    backend = await open();
    desk = await openSupport(backend.settings);
    agent = await desk.agent();
    threadId = await desk.start();
  });
  afterAll(async () => {
    await desk[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  type As = Parameters<SupportDesk['handshake']>[2];
  const ask = async (query: string, as: As, id = threadId) => {
    const answer = await desk.handshake(query, { threadId: id }, as);
    return 'errors' in answer
      ? [answer.errors[0]?.extensions?.code, answer.errors[0]?.extensions?.resource].filter(Boolean).join(' ')
      : answer.grant;
  };

  test('whoever knows a thread listens to it, until all threads go or, signed in, their session ends', async () => {
    const user = newId();
    const granted = (...more: string[]) => ({
      topics: [`support-thread:${threadId}`],
      types: threadTypes,
      recheckOn: ['access:support', ...more],
    });
    expect(await ask(inThread, undefined)).toEqual(granted());
    expect(await ask(inThread, user)).toEqual(granted(`user:${user}`));
    expect(await ask(inThread, agent)).toEqual(granted(`user:${agent.userId}`));
    for (const id of [newId(), 'x', '']) expect(await ask(inThread, undefined, id)).toBe('NOT_FOUND SupportThread');
  });

  test('agents, and services for them, listen to all', async () => {
    const granted = {
      topics: ['support-inbox'],
      types: expect.arrayContaining(threadTypes),
      recheckOn: [`user:${agent.userId}`],
    };
    expect(await ask(inInbox, agent)).toEqual(granted);
    expect(await ask(inInbox, asService)).toEqual({ ...granted, recheckOn: [] });
    expect(await ask(inInbox, undefined)).toBe('UNAUTHENTICATED');
    expect(await ask(inInbox, newId())).toBe('FORBIDDEN SupportThread');
  });

  test('nobody listens on with a session that has ended, or to a thread that is gone', async () => {
    const gone = await desk.agent();
    const { sessionId, userId } = gone;
    desk.ground.tokens.revoke([{ sessionId, userId, revokedAt: new Date().toISOString() }]);
    for (const query of [inInbox, inThread]) expect(await ask(query, gone)).toBe('UNAUTHENTICATED');
    const cleared = await openSupport(backend.settings.DATABASE_URL ? { ...backend.settings } : {});
    const id = await cleared.start();
    await cleared.data('mutation { clearAllThreads { count } }', {}, await cleared.agent());
    expect(await cleared.handshake(inThread, { threadId: id })).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
    await cleared[Symbol.asyncDispose]();
  });

  test('every event says in the graph what its payload says', async () => {
    const id = threadId;
    const at = '2026-02-16T12:00:00.000Z';
    const thread = {
      id,
      displayName: 'Ayşe',
      status: 'PENDING',
      origin: 'WEB',
      createdAt: at,
      lastActivityAt: at,
      lastMessageId: newId(),
      visitorSeenMessageId: null,
      agentsSeenMessageId: null,
    } as const;
    const message = {
      id: thread.lastMessageId,
      threadId: id,
      sender: 'VISITOR',
      type: 'IMAGE',
      text: null,
      fileUrl: '/uploads/a.png',
      uploadId: null,
      nonce: 'n',
      createdAt: at,
    } as const;
    const query = `subscription { supportInbox { __typename
      ... on SupportThreadStarted { threadId thread { ...T } }
      ... on SupportMessageCreated { threadId thread { ...T } message { id threadId sender type text fileUrl nonce createdAt } }
      ... on SupportThreadUpdated { threadId thread { ...T } }
      ... on SupportThreadCleared { threadId }
      ... on SupportTypingStarted { threadId sender }
      ... on VisitorOnline { threadId at }
      ... on SupportDeliveryFailed { threadId messageId }
      ... on PrivateNoteAdded { threadId note { id threadId text createdAt author { id } } }
      ... on AllThreadsCleared { count }
    } }
    fragment T on SupportThread { id displayName status origin createdAt lastActivityAt visitorSeenMessageId agentsSeenMessageId }`;
    const { lastMessageId, ...shown } = thread;
    const { uploadId, ...written } = message;
    const note = { id: newId(), threadId: id, text: 'Odd.', createdAt: at };
    const told: readonly [EventDraft, object][] = [
      [
        events.supportThreadStarted({ thread, accountId: null }),
        { __typename: 'SupportThreadStarted', threadId: id, thread: shown },
      ],
      [
        events.supportMessageCreated({ message, thread }),
        { __typename: 'SupportMessageCreated', threadId: id, thread: shown, message: written },
      ],
      [events.supportThreadUpdated({ thread }), { __typename: 'SupportThreadUpdated', threadId: id, thread: shown }],
      [events.supportThreadCleared({ threadId: id }), { __typename: 'SupportThreadCleared', threadId: id }],
      [
        events.supportTypingStarted({ threadId: id, sender: 'AGENT' }),
        { __typename: 'SupportTypingStarted', threadId: id, sender: 'AGENT' },
      ],
      [events.supportVisitorOnline({ threadId: id, at }), { __typename: 'VisitorOnline', threadId: id, at }],
      [
        events.supportDeliveryFailed({ threadId: id, messageId: message.id }),
        { __typename: 'SupportDeliveryFailed', threadId: id, messageId: message.id },
      ],
      [
        events.privateNoteAdded({ note: { ...note, authorId: agent.userId } }),
        { __typename: 'PrivateNoteAdded', threadId: id, note: { ...note, author: { id: agent.userId } } },
      ],
      [events.allSupportThreadsCleared({ count: 3 }), { __typename: 'AllThreadsCleared', count: 3 }],
    ];
    const heard = await ask(inInbox, agent);
    expect(told.map(([{ type }]) => type).sort()).toEqual([...(heard as Grant).types].sort());
    for (const [{ type, topics, payload }, expected] of told) {
      const event: LogEvent = { id: newId(), type, topics, payload, at, position: '1-0' };
      expect(await desk.project(event, query, {}, agent)).toEqual({ data: { supportInbox: expected } });
    }
  });
});
