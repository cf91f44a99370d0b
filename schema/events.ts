import type { EventDraft, JsonObject, NewEvent } from '@kopru/runtime/events/event.ts';

/**
 * The catalogue of events: who hears of what, and what it says.
 * Each function makes a draft for `tx.emit`; `KopruEvent` is what listeners receive, told apart by `type`.
 */

/** The topics, as listeners name them. Of an audience (`isAudience`), all listeners may read what it receives. */
export const topic = {
  /** The readers of a channel. */
  channel: (channelId: string) => `channel:${channelId}`,
  /** The members of a server. */
  server: (serverId: string) => `server:${serverId}`,
  /** One user, in all of their sessions. */
  user: (userId: string) => `user:${userId}`,
  /** Whoever must look again at what a user may do: they joined, left, were given a role. */
  accessOfUser: (userId: string) => `access:user:${userId}`,
  /** Whoever must look again at what members of a server may do: a role or channel changed, the server went. */
  accessToServer: (serverId: string) => `access:server:${serverId}`,
  /** Whoever must look again at whether their support thread is still there: all of them went. */
  accessToSupport: 'access:support',
  /** Every change of access anywhere; for caches. */
  access: 'access',
  /** Every membership and direct channel as it comes and goes; for whoever serves many people at once. */
  memberships: 'memberships',
  /** Every message of two people, as it is sent; community orders their lists by it. */
  directMessages: 'direct-messages',
  /** Every session that ended; each service stops accepting its tokens. */
  sessions: 'sessions',
  /** Accounts as they come, change and go. */
  accounts: 'accounts',
  /** Everybody who starts typing anywhere; each service that answers who is typing listens. */
  typing: 'typing',
  /** Whoever knows the id of a support thread: its visitor, and agents. Nothing private, such as notes or who answers. */
  supportThread: (threadId: string) => `support-thread:${threadId}`,
  /** The support agents: everything in every thread. */
  supportInbox: 'support-inbox',
  /** The author of a dream, about its analysis. */
  dream: (dreamId: string) => `dream:${dreamId}`,
  /** Whoever must look again at who may read a dream: it is gone. */
  accessToDream: (dreamId: string) => `access:dream:${dreamId}`,
  /** Every analysis that is not wanted any more; whoever works on it stops. */
  analyses: 'analyses',
  /** Whatever services outside announce. */
  foreign: 'foreign',
} as const;

/** Whether a topic says who may read what it carries. The others only bring news to caches and to checks of access. */
export const isAudience = (name: string): boolean =>
  /^((channel|server|user|support-thread|dream):|support-inbox$)/.test(name);

export type SessionEndReason =
  | 'LOGOUT'
  | 'REVOKED'
  | 'REFRESH_TOKEN_REUSED'
  | 'PASSWORD_CHANGED'
  | 'ACCOUNT_DEACTIVATED';
export type MemberRemovalReason = 'LEFT' | 'KICKED' | 'BANNED';
export type PresenceStatus = 'ONLINE' | 'IDLE' | 'DND' | 'OFFLINE';

/** A message as it stands after the event. Times are ISO 8601 UTC. */
export type MessagePayload = {
  readonly id: string;
  readonly channelId: string;
  /** null in a direct channel. */
  readonly serverId: string | null;
  readonly authorId: string;
  readonly content: string;
  readonly nonce: string | null;
  readonly replyToId: string | null;
  readonly createdAt: string;
  readonly editedAt: string | null;
};

/** A support thread as it stands after the event: what its visitor may see. Times are ISO 8601 UTC. */
export type SupportThreadPayload = {
  readonly id: string;
  readonly displayName: string;
  readonly status: 'OPEN' | 'PENDING' | 'RESOLVED';
  readonly origin: 'WEB' | 'TELEGRAM';
  readonly createdAt: string;
  readonly lastActivityAt: string;
  readonly lastMessageId: string | null;
  readonly visitorSeenMessageId: string | null;
  readonly agentsSeenMessageId: string | null;
};

export type SupportSender = 'VISITOR' | 'AGENT';

/** A support message as it stands after the event; not who of the agents wrote it, which its visitor may not know. */
export type SupportMessagePayload = {
  readonly id: string;
  readonly threadId: string;
  readonly sender: SupportSender;
  readonly type: 'TEXT' | 'IMAGE' | 'AUDIO';
  readonly text: string | null;
  readonly fileUrl: string | null;
  readonly uploadId: string | null;
  readonly nonce: string | null;
  readonly createdAt: string;
};

/** What an agent noted for agents alone. */
export type PrivateNotePayload = {
  readonly id: string;
  readonly threadId: string;
  readonly authorId: string;
  readonly text: string;
  readonly createdAt: string;
};

/** What a dream's author may know of an analysis. Times are ISO 8601 UTC. */
export type AnalysisPayload = {
  readonly id: string;
  readonly status: 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';
  readonly builtIn: boolean;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly errorCode: string | null;
};

/** Something said about a dream. */
export type DreamMessagePayload = {
  readonly id: string;
  readonly dreamId: string;
  readonly role: 'USER' | 'ANALYST' | 'SYSTEM';
  readonly message: string;
  readonly createdAt: string;
  readonly nonce: string | null;
};

const draft = <Type extends string, Payload extends EventDraft['payload']>(
  type: Type,
  topics: readonly [string, ...string[]],
  aggregate: string,
  payload: Payload,
) => ({ type, topics, aggregate, payload });

const ofThread = (threadId: string) => [topic.supportThread(threadId), topic.supportInbox] as const;

export const events = {
  /** identity: an account was made. */
  userRegistered: (p: { readonly userId: string; readonly username: string }) =>
    draft('user.registered', [topic.accounts], topic.user(p.userId), p),
  /** identity: the public profile changed. */
  userUpdated: (p: { readonly userId: string }) =>
    draft('user.updated', [topic.accounts, topic.user(p.userId)], topic.user(p.userId), p),
  /** identity: the account was closed; its sessions end with events of their own. */
  userDeactivated: (p: { readonly userId: string }) =>
    draft('user.deactivated', [topic.accounts, topic.user(p.userId)], topic.user(p.userId), p),
  /** identity: a session ended; its tokens are void from here on. */
  sessionRevoked: (p: {
    readonly sessionId: string;
    readonly userId: string;
    readonly reason: SessionEndReason;
    readonly revokedAt: string;
  }) => draft('session.revoked', [topic.sessions, topic.user(p.userId)], topic.user(p.userId), p),

  /** community: name, description, icon or owner changed. */
  serverUpdated: (p: { readonly serverId: string }) =>
    draft('server.updated', [topic.server(p.serverId)], topic.server(p.serverId), p),
  /** community: the server and all its channels are gone. */
  serverDeleted: (p: { readonly serverId: string; readonly channelIds: readonly string[] }) =>
    draft('server.deleted', [topic.server(p.serverId), topic.memberships], topic.server(p.serverId), p),
  /** community: a text channel was made. */
  channelCreated: (p: { readonly channelId: string; readonly serverId: string }) =>
    draft('channel.created', [topic.server(p.serverId)], topic.server(p.serverId), p),
  /** community: name, topic or position changed. */
  channelUpdated: (p: { readonly channelId: string; readonly serverId: string }) =>
    draft('channel.updated', [topic.server(p.serverId)], topic.server(p.serverId), p),
  /** community: the channel is gone. */
  channelDeleted: (p: { readonly channelId: string; readonly serverId: string }) =>
    draft('channel.deleted', [topic.server(p.serverId)], topic.server(p.serverId), p),
  /** community: somebody joined. The person hears it too, before they listen to the server. */
  memberAdded: (p: { readonly serverId: string; readonly userId: string }) =>
    draft(
      'member.added',
      [topic.server(p.serverId), topic.user(p.userId), topic.memberships],
      topic.server(p.serverId),
      p,
    ),
  /** community: nickname or roles changed. */
  memberUpdated: (p: { readonly serverId: string; readonly userId: string }) =>
    draft('member.updated', [topic.server(p.serverId)], topic.server(p.serverId), p),
  /** community: somebody left or was made to. The person hears it too. */
  memberRemoved: (p: { readonly serverId: string; readonly userId: string; readonly reason: MemberRemovalReason }) =>
    draft(
      'member.removed',
      [topic.server(p.serverId), topic.user(p.userId), topic.memberships],
      topic.server(p.serverId),
      p,
    ),
  /** community: a role was made, changed or deleted. */
  rolesChanged: (p: { readonly serverId: string }) =>
    draft('roles.changed', [topic.server(p.serverId)], topic.server(p.serverId), p),
  /** community: two people have a direct channel now. */
  directChannelOpened: (p: { readonly channelId: string; readonly recipientIds: readonly [string, string] }) =>
    draft(
      'direct-channel.opened',
      [topic.user(p.recipientIds[0]), topic.user(p.recipientIds[1]), topic.memberships],
      // As `accessOfUsersChanged` of the same two, which must come after it.
      topic.user(p.recipientIds[0]),
      p,
    ),
  /** community: what these people may see or do has changed; emit it in the same transaction, after what changed it. */
  accessOfUsersChanged: (p: { readonly userIds: readonly string[]; readonly serverId: string | null }) =>
    draft(
      'access.changed',
      [topic.access, ...p.userIds.map(topic.accessOfUser)],
      p.serverId ? topic.server(p.serverId) : topic.user(p.userIds[0] ?? ''),
      p,
    ),
  /** community: what members of this server may see or do has changed. */
  accessToServerChanged: (p: { readonly serverId: string }) =>
    draft('access.changed', [topic.access, topic.accessToServer(p.serverId)], topic.server(p.serverId), p),

  /** messaging: a message was sent. */
  messageCreated: (p: { readonly message: MessagePayload }) =>
    draft(
      'message.created',
      [topic.channel(p.message.channelId), ...(p.message.serverId === null ? [topic.directMessages] : [])],
      topic.channel(p.message.channelId),
      p,
    ),
  /** messaging: its content was edited. */
  messageUpdated: (p: { readonly message: MessagePayload }) =>
    draft('message.updated', [topic.channel(p.message.channelId)], topic.channel(p.message.channelId), p),
  /** messaging: it is gone. */
  messageDeleted: (p: { readonly messageId: string; readonly channelId: string; readonly serverId: string | null }) =>
    draft('message.deleted', [topic.channel(p.channelId)], topic.channel(p.channelId), p),
  /** messaging: the reader's place in a channel moved; theirs alone to know. */
  readStateChanged: (p: { readonly userId: string; readonly channelId: string; readonly lastReadMessageId: string }) =>
    draft('read-state.changed', [topic.user(p.userId)], topic.user(p.userId), p),
  /** messaging, ephemeral: somebody is typing until `expiresAt`. */
  typingStarted: (p: { readonly channelId: string; readonly userId: string; readonly expiresAt: string }) =>
    draft('typing.started', [topic.channel(p.channelId), topic.typing], topic.channel(p.channelId), p),
  /** messaging: how a user appears to others, in every server they are in. */
  presenceChanged: (p: {
    readonly userId: string;
    readonly status: PresenceStatus;
    readonly customStatus: string | null;
    readonly serverIds: readonly string[];
  }) => draft('presence.changed', [topic.user(p.userId), ...p.serverIds.map(topic.server)], topic.user(p.userId), p),

  /** support: a visitor began a thread; `accountId` hears, where they are signed in, that there is one more to listen to. */
  supportThreadStarted: ({
    accountId,
    ...p
  }: {
    readonly thread: SupportThreadPayload;
    readonly accountId: string | null;
  }) =>
    draft(
      'support-thread.started',
      [topic.supportInbox, ...(accountId === null ? [] : [topic.accessOfUser(accountId)])],
      topic.supportThread(p.thread.id),
      p,
    ),
  /** support: one side of a thread wrote. */
  supportMessageCreated: (p: { readonly message: SupportMessagePayload; readonly thread: SupportThreadPayload }) =>
    draft('support-message.created', ofThread(p.thread.id), topic.supportThread(p.thread.id), p),
  /** support: its status changed, or who it is assigned to, or how far a side has read. */
  supportThreadUpdated: (p: { readonly thread: SupportThreadPayload }) =>
    draft('support-thread.updated', ofThread(p.thread.id), topic.supportThread(p.thread.id), p),
  /** support: its messages are gone. */
  supportThreadCleared: (p: { readonly threadId: string }) =>
    draft('support-thread.cleared', ofThread(p.threadId), topic.supportThread(p.threadId), p),
  /** support, ephemeral: one side of a thread is typing. */
  supportTypingStarted: (p: { readonly threadId: string; readonly sender: SupportSender }) =>
    draft('support-typing.started', ofThread(p.threadId), topic.supportThread(p.threadId), p),
  /** support, ephemeral: the visitor of a thread is there. */
  supportVisitorOnline: (p: { readonly threadId: string; readonly at: string }) =>
    draft('support-visitor.online', ofThread(p.threadId), topic.supportThread(p.threadId), p),
  /** support: a visitor's message is in the thread, but could not be brought to where the agents are. */
  supportDeliveryFailed: (p: { readonly threadId: string; readonly messageId: string }) =>
    draft('support-delivery.failed', ofThread(p.threadId), topic.supportThread(p.threadId), p),
  /** support: an agent noted something for the others. */
  privateNoteAdded: (p: { readonly note: PrivateNotePayload }) =>
    draft('support-note.added', [topic.supportInbox], topic.supportThread(p.note.threadId), p),
  /** support: all threads are gone, with everything in them. */
  allSupportThreadsCleared: (p: { readonly count: number }) =>
    draft('support-threads.cleared', [topic.supportInbox, topic.accessToSupport], topic.supportInbox, p),
  /** dreams: somebody began to work on an analysis; again, where whoever had begun went away. */
  analysisStarted: (p: { readonly dreamId: string; readonly analysis: AnalysisPayload }) =>
    draft('analysis.started', [topic.dream(p.dreamId)], topic.dream(p.dreamId), p),
  /** dreams, ephemeral: a piece of the answer, which belongs `position` UTF-16 units from its beginning; what was said from there on before is void. */
  analysisText: (p: {
    readonly dreamId: string;
    readonly analysisId: string;
    readonly text: string;
    readonly position: number;
  }) => draft('analysis.text', [topic.dream(p.dreamId)], topic.dream(p.dreamId), p),
  /** dreams: the answer is among the messages. */
  analysisCompleted: (p: {
    readonly dreamId: string;
    readonly analysis: AnalysisPayload;
    readonly message: DreamMessagePayload;
  }) => draft('analysis.completed', [topic.dream(p.dreamId)], topic.dream(p.dreamId), p),
  /** dreams: there is no answer. */
  analysisFailed: (p: { readonly dreamId: string; readonly analysis: AnalysisPayload }) =>
    draft('analysis.failed', [topic.dream(p.dreamId)], topic.dream(p.dreamId), p),
  /** dreams: the author wants no answer. */
  analysisCancelled: (p: { readonly dreamId: string; readonly analysis: AnalysisPayload }) =>
    draft('analysis.cancelled', [topic.dream(p.dreamId), topic.analyses], topic.dream(p.dreamId), p),
  /** dreams: a dream is gone, with all that was said about it. */
  dreamDeleted: (p: { readonly dreamId: string }) =>
    draft('dream.deleted', [topic.accessToDream(p.dreamId), topic.analyses], topic.dream(p.dreamId), p),

  /** outside: a service beside this system announced `event`, with `data` as it wrote it, which nobody has checked; it belongs to a channel, to a server, or to neither. */
  foreign: (p: {
    readonly event: string;
    readonly data: JsonObject;
    readonly channelId: string | null;
    readonly serverId: string | null;
  }) =>
    draft(
      'foreign',
      [
        topic.foreign,
        ...(p.channelId === null ? [] : [topic.channel(p.channelId)]),
        ...(p.serverId === null ? [] : [topic.server(p.serverId)]),
      ],
      topic.foreign,
      p,
    ),
} as const;

type Drafts = ReturnType<(typeof events)[keyof typeof events]>;
/** Any event of the catalogue, as a listener receives it. */
export type KopruEvent = {
  [D in Drafts as D['type']]: { readonly type: D['type']; readonly payload: D['payload'] };
}[Drafts['type']];
/** The names of all events. */
export type EventType = Drafts['type'];

/** An event of the log as one of the catalogue: nobody else makes events of these names. */
export const kopruEvent = ({ type, payload }: Pick<NewEvent, 'type' | 'payload'>): KopruEvent =>
  ({ type, payload }) as KopruEvent;
