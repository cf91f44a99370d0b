import type { EventDraft, JsonObject } from '@kopru/runtime/events/event.ts';
import { describe, expect, it } from 'vitest';
import { type EventType, events, type MessagePayload } from './events.ts';
import { legacyEvents } from './legacy-events.ts';

const sent: MessagePayload = {
  id: 'm1',
  channelId: 'c1',
  serverId: 's1',
  authorId: 'u1',
  content: 'Hello!',
  nonce: 'n1',
  replyToId: null,
  createdAt: '2026-02-16T12:00:00.000Z',
  editedAt: null,
};
const known = {
  _id: 'm1',
  channelId: 'c1',
  guildId: 's1',
  authorId: 'u1',
  content: 'Hello!',
  type: 'default',
  edited: false,
  pinned: false,
  mentionEveryone: false,
  createdAt: '2026-02-16T12:00:00.000Z',
  updatedAt: '2026-02-16T12:00:00.000Z',
};
const editedAt = '2026-02-16T12:01:00.000Z';
const place = { channelId: 'c1', serverId: 's1' };
const who = { userId: 'u1', serverId: 's1' };
const guild = { guildId: 's1', guild: { _id: 's1' } };
const channel = { channelId: 'c1', guildId: 's1', channel: { _id: 'c1', guildId: 's1' } };

const told: readonly (readonly [EventDraft, string, JsonObject])[] = [
  [events.messageCreated({ message: sent }), 'message.create', { channelId: 'c1', message: known }],
  [
    events.messageCreated({ message: { ...sent, serverId: null, replyToId: 'm0' } }),
    'message.create',
    { channelId: 'c1', message: { ...known, guildId: null, replyToId: 'm0' } },
  ],
  [
    events.messageUpdated({ message: { ...sent, content: 'Updated', editedAt } }),
    'message.update',
    { channelId: 'c1', message: { ...known, content: 'Updated', edited: true, updatedAt: editedAt } },
  ],
  [events.messageDeleted({ messageId: 'm1', ...place }), 'message.delete', { messageId: 'm1', channelId: 'c1' }],
  [
    events.presenceChanged({ userId: 'u1', status: 'DND', customStatus: 'Playing games', serverIds: ['s1'] }),
    'presence.update',
    { userId: 'u1', status: 'dnd', customStatus: 'Playing games' },
  ],
  [
    events.typingStarted({ channelId: 'c1', userId: 'u1', expiresAt: editedAt }),
    'typing.start',
    { channelId: 'c1', userId: 'u1' },
  ],
  [events.memberAdded(who), 'guild.create', { ...guild, userId: 'u1' }],
  [events.serverUpdated({ serverId: 's1' }), 'guild.update', guild],
  [events.serverDeleted({ serverId: 's1', channelIds: ['c1'] }), 'guild.delete', guild],
  [events.channelCreated(place), 'channel.create', channel],
  [events.channelUpdated(place), 'channel.update', channel],
  [events.channelDeleted(place), 'channel.delete', channel],
  [
    events.directChannelOpened({ channelId: 'c1', recipientIds: ['u1', 'u2'] }),
    'channel.create',
    { channelId: 'c1', guildId: null, channel: { _id: 'c1', guildId: null }, recipientIds: ['u1', 'u2'] },
  ],
];

const thread = {
  id: 't1',
  displayName: 'Ayşe',
  status: 'OPEN',
  origin: 'WEB',
  createdAt: editedAt,
  lastActivityAt: editedAt,
  lastMessageId: 'm1',
  visitorSeenMessageId: null,
  agentsSeenMessageId: null,
} as const;
const supportMessage = {
  id: 'm1',
  threadId: 't1',
  sender: 'VISITOR',
  type: 'TEXT',
  text: 'Help!',
  fileUrl: null,
  uploadId: null,
  nonce: null,
  createdAt: editedAt,
} as const;
const analysis = {
  id: 'a1',
  status: 'RUNNING',
  builtIn: true,
  startedAt: editedAt,
  finishedAt: null,
  errorCode: null,
} as const;
const about = { dreamId: 'd1', analysis };
const answer = { id: '2', dreamId: 'd1', role: 'ANALYST', message: 'Water', createdAt: editedAt, nonce: null } as const;

const drafted = ({ type, payload }: EventDraft) => ({ id: 'e1', at: sent.createdAt, topics: [], type, payload });
const describes = (draft: EventDraft) => legacyEvents.describe(drafted(draft));

describe('what the older systems hear', () => {
  it.each(told.map(([draft, event, data]) => ({ type: draft.type, draft, event, data })))(
    '$type is $event to them',
    ({ draft, event, data }) => {
      expect(describes(draft)).toEqual({ event, data });
      // As it is after the database and the wire.
      expect(describes(JSON.parse(JSON.stringify(draft)))).toEqual({ event, data });
    },
  );

  it('is nothing of accounts, sessions, roles, access, reading, the support chat and dreams, and no departure', () => {
    const names: Record<EventType, string | null> = {
      'message.created': 'message.create',
      'message.updated': 'message.update',
      'message.deleted': 'message.delete',
      'presence.changed': 'presence.update',
      'typing.started': 'typing.start',
      'member.added': 'guild.create',
      'server.updated': 'guild.update',
      'server.deleted': 'guild.delete',
      'channel.created': 'channel.create',
      'channel.updated': 'channel.update',
      'channel.deleted': 'channel.delete',
      'direct-channel.opened': 'channel.create',
      foreign: 'dream.saved',
      'user.registered': null,
      'user.updated': null,
      'user.deactivated': null,
      'session.revoked': null,
      'member.updated': null,
      'member.removed': null,
      'roles.changed': null,
      'access.changed': null,
      'read-state.changed': null,
      'support-thread.started': null,
      'support-message.created': null,
      'support-thread.updated': null,
      'support-thread.cleared': null,
      'support-typing.started': null,
      'support-visitor.online': null,
      'support-delivery.failed': null,
      'support-note.added': null,
      'support-threads.cleared': null,
      'analysis.started': null,
      'analysis.text': null,
      'analysis.completed': null,
      'analysis.failed': null,
      'analysis.cancelled': null,
      'dream.deleted': null,
    };
    const drafts: readonly EventDraft[] = [
      ...told.map(([draft]) => draft),
      events.foreign({ event: 'dream.saved', data: { dreamId: 7 }, channelId: null, serverId: null }),
      events.userRegistered({ userId: 'u1', username: 'ada' }),
      events.userUpdated({ userId: 'u1' }),
      events.userDeactivated({ userId: 'u1' }),
      events.sessionRevoked({ sessionId: 'x', userId: 'u1', reason: 'LOGOUT', revokedAt: editedAt }),
      events.memberUpdated(who),
      events.memberRemoved({ ...who, reason: 'LEFT' }),
      events.rolesChanged({ serverId: 's1' }),
      events.accessOfUsersChanged({ userIds: ['u1'], serverId: 's1' }),
      events.accessToServerChanged({ serverId: 's1' }),
      events.readStateChanged({ userId: 'u1', channelId: 'c1', lastReadMessageId: 'm1' }),
      events.supportThreadStarted({ thread, accountId: null }),
      events.supportMessageCreated({ message: supportMessage, thread }),
      events.supportThreadUpdated({ thread }),
      events.supportThreadCleared({ threadId: 't1' }),
      events.supportTypingStarted({ threadId: 't1', sender: 'VISITOR' }),
      events.supportVisitorOnline({ threadId: 't1', at: editedAt }),
      events.supportDeliveryFailed({ threadId: 't1', messageId: 'm1' }),
      events.privateNoteAdded({
        note: { id: 'n1', threadId: 't1', authorId: 'u1', text: 'Late.', createdAt: editedAt },
      }),
      events.allSupportThreadsCleared({ count: 1 }),
      events.analysisStarted(about),
      events.analysisText({ dreamId: 'd1', analysisId: 'a1', text: 'Water', position: 0 }),
      events.analysisCompleted({ ...about, message: answer }),
      events.analysisFailed(about),
      events.analysisCancelled(about),
      events.dreamDeleted({ dreamId: 'd1' }),
    ];
    expect(Object.fromEntries(drafts.map((draft) => [draft.type, describes(draft)?.event ?? null]))).toEqual(names);
  });
});

describe('what other services say', () => {
  const topics = (event: string, data: JsonObject) => legacyEvents.adopt({ event, data }).topics;

  it('is kept as it was said, and told to the older systems the same way', () => {
    const data = { channelId: 'c1', message: { _id: 'm1', embeds: [{ title: 'New' }] } };
    const adopted = legacyEvents.adopt({ event: 'message.create', data });
    expect(adopted).toMatchObject({ type: 'foreign', payload: { event: 'message.create', data } });
    expect(legacyEvents.describe({ id: 'e1', at: sent.createdAt, ...adopted })).toEqual({
      event: 'message.create',
      data,
    });
  });

  it.each<[string, JsonObject, string[]]>([
    ['message.create', { channelId: 'c1', message: { channelId: 'c2' } }, ['channel:c1']],
    ['message.update', { message: { channelId: 'c1' } }, ['channel:c1']],
    ['typing.start', { channelId: 'c1', userId: 'u1' }, ['channel:c1']],
    ['guild.update', { guildId: 's1' }, ['server:s1']],
    [
      'guild.create',
      { guild: { _id: '507f1f77bcf86cd799439011', name: 'My Server' } },
      ['server:507f1f77bcf86cd799439011'],
    ],
    ['guild.banner', { guildId: 's1', channelId: 'c1' }, ['server:s1']],
    ['channel.create', { channelId: 'c1', channel: { _id: 'c1', guildId: 's1' } }, ['server:s1']],
    ['channel.create', { channelId: 'c1', guildId: null }, ['channel:c1']],
    // Not every member of the guild may read that channel.
    ['message.create', { channelId: 'c1', guildId: 's1', message: { guildId: 's1' } }, ['channel:c1']],
    ['poll.closed', { guildId: 's1', channelId: 'c1' }, ['channel:c1']],
    ['presence.update', { userId: 'u1', status: 'online' }, []],
    ['message.delete', { messageId: 'm1' }, []],
    ['odd', { channelId: 7, guildId: ['s1'], guild: null, message: 'text', channel: 1 }, []],
    ['odd', { channelId: 'c1\naccess', guildId: '', guild: { _id: 'x'.repeat(65) } }, []],
  ])('%s %j goes to %j', (event, data, expected) => {
    expect(topics(event, data)).toEqual(['foreign', ...expected]);
  });
});
