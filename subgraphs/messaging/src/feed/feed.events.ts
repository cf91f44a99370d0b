import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { EventType, KopruEvent, MessagePayload } from '@kopru/schema/events.ts';
import { createUnionType } from 'type-graphql';
import { messageOf } from '../message/message.ts';
import { presenceOf } from '../presence/presence.lookup.ts';
import { Channel } from '../references/channel.ts';
import { Server } from '../references/server.ts';
import { User } from '../references/user.ts';
import { ForeignEvent } from './foreign.event.ts';
import {
  MessageCreated,
  MessageDeleted,
  MessageUpdated,
  PresenceChanged,
  ReadStateChanged,
  TypingStarted,
} from './message.events.ts';
import {
  ChannelCreated,
  ChannelDeleted,
  ChannelUpdated,
  DirectChannelOpened,
  MemberAdded,
  MemberRemoved,
  MemberUpdated,
  RolesChanged,
  ServerDeleted,
  ServerUpdated,
} from './server.events.ts';

type Of<Type extends EventType> = Extract<KopruEvent, { type: Type }>['payload'];
/** What no feed carries: accounts, sessions, who must look again at access, and what other subgraphs have feeds of their own for. */
type Elsewhere =
  | 'user.registered'
  | 'user.updated'
  | 'user.deactivated'
  | 'session.revoked'
  | 'access.changed'
  | `support-${string}`
  | `dream.${string}`
  | `analysis.${string}`;
type Makers = { readonly [Type in Exclude<EventType, Elsewhere>]: (payload: Of<Type>) => object };

const told = (message: MessagePayload) => ({ message: messageOf(message), inServerId: message.serverId });
const make = <T extends object>(type: new () => T, fields: T): T => Object.assign(new type(), fields);

/** What an event is in the graph. The payload says it all; nothing is read for it here. */
const inChannels = {
  'message.created': ({ message }: Of<'message.created'>) => make(MessageCreated, told(message)),
  'message.updated': ({ message }: Of<'message.updated'>) => make(MessageUpdated, told(message)),
  'message.deleted': ({ messageId, channelId }: Of<'message.deleted'>) =>
    make(MessageDeleted, { messageId, channelId }),
  'typing.started': ({ channelId, userId, expiresAt }: Of<'typing.started'>) =>
    make(TypingStarted, { channelId, user: new User(userId), expiresAt: new Date(expiresAt) }),
  foreign: ({ event, data, channelId }: Of<'foreign'>) =>
    make(ForeignEvent, { name: event, data: JSON.stringify(data), forChannelId: channelId }),
} satisfies Partial<Makers>;

const ofPeople = {
  'presence.changed': (payload: Of<'presence.changed'>) => make(PresenceChanged, { presence: presenceOf(payload) }),
  'read-state.changed': ({ channelId, lastReadMessageId }: Of<'read-state.changed'>) =>
    make(ReadStateChanged, { channel: new Channel(channelId), lastReadMessageId }),
} satisfies Partial<Makers>;

const ofServers = {
  'server.updated': ({ serverId }: Of<'server.updated'>) => make(ServerUpdated, { server: new Server(serverId) }),
  'server.deleted': ({ serverId }: Of<'server.deleted'>) => make(ServerDeleted, { serverId }),
  'channel.created': ({ channelId }: Of<'channel.created'>) =>
    make(ChannelCreated, { channel: new Channel(channelId) }),
  'channel.updated': ({ channelId }: Of<'channel.updated'>) =>
    make(ChannelUpdated, { channel: new Channel(channelId) }),
  'channel.deleted': ({ channelId, serverId }: Of<'channel.deleted'>) => make(ChannelDeleted, { channelId, serverId }),
  'member.added': ({ serverId, userId }: Of<'member.added'>) =>
    make(MemberAdded, { server: new Server(serverId), user: new User(userId) }),
  'member.updated': ({ serverId, userId }: Of<'member.updated'>) =>
    make(MemberUpdated, { serverId, user: new User(userId) }),
  'member.removed': ({ serverId, userId, reason }: Of<'member.removed'>) =>
    make(MemberRemoved, { serverId, user: new User(userId), reason }),
  'roles.changed': ({ serverId }: Of<'roles.changed'>) => make(RolesChanged, { serverId }),
  'direct-channel.opened': ({ channelId }: Of<'direct-channel.opened'>) =>
    make(DirectChannelOpened, { channel: new Channel(channelId) }),
} satisfies Partial<Makers>;

const makers: Makers = { ...inChannels, ...ofPeople, ...ofServers };

export const channelEventTypes = Object.keys(inChannels) as readonly EventType[];
export const viewerEventTypes = Object.keys(makers) as readonly EventType[];

/** The event as an object of the graph. Only types that were granted come here. */
export function feedEvent<Event extends object>({ type, payload }: LogEvent): Event {
  const maker = makers[type as keyof Makers];
  if (!maker) throw new Error(`${type} is not an event of the feeds.`);
  return maker(payload as never) as Event;
}

export const ChannelEvent = createUnionType({
  name: 'ChannelEvent',
  description: 'Something that happened in a channel.',
  types: () => [MessageCreated, MessageUpdated, MessageDeleted, TypingStarted, ForeignEvent] as const,
});

export const ViewerEvent = createUnionType({
  name: 'ViewerEvent',
  description: 'Something that concerns the viewer.',
  types: () =>
    [
      MessageCreated,
      MessageUpdated,
      MessageDeleted,
      TypingStarted,
      PresenceChanged,
      ReadStateChanged,
      ServerUpdated,
      ServerDeleted,
      ChannelCreated,
      ChannelUpdated,
      ChannelDeleted,
      MemberAdded,
      MemberUpdated,
      MemberRemoved,
      RolesChanged,
      DirectChannelOpened,
      ForeignEvent,
    ] as const,
});
