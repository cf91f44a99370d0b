import type { Context } from '@kopru/runtime/context.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import { type EventType, type KopruEvent, kopruEvent } from '@kopru/schema/events.ts';
import type { Access } from '../access/access.ts';
import { userOf } from '../references/user.ts';
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
  type ServerEvent,
  ServerUpdated,
} from './server-event.ts';

/** What members of a server hear of it. */
export const serverEventTypes = [
  'server.updated',
  'server.deleted',
  'channel.created',
  'channel.updated',
  'channel.deleted',
  'member.added',
  'member.updated',
  'member.removed',
  'roles.changed',
] as const satisfies readonly EventType[];

/** What one person hears of all of theirs. */
export const viewerEventTypes = [...serverEventTypes, 'direct-channel.opened'] as const satisfies readonly EventType[];

/** By what people come to have servers and direct channels, and cease to. */
export const membershipEventTypes = [
  'member.added',
  'member.removed',
  'server.deleted',
  'direct-channel.opened',
] as const satisfies readonly (typeof viewerEventTypes)[number][];

type Told = Extract<KopruEvent, { readonly type: (typeof viewerEventTypes)[number] }>;

/** An event as the graph has it; what it names is read through `access` when somebody asks. */
export function readServerEvent(event: LogEvent, access: Access, context: Context): typeof ServerEvent {
  // Only types that were granted come here.
  const { type, payload } = kopruEvent(event) as Told;
  const server = (id: string) => () => access.server(context, id);
  const channel = (id: string) => () => access.channel(context, id);
  switch (type) {
    case 'server.updated':
      return new ServerUpdated(server(payload.serverId));
    case 'server.deleted':
      return Object.assign(new ServerDeleted(), { serverId: payload.serverId });
    case 'channel.created':
      return new ChannelCreated(channel(payload.channelId));
    case 'channel.updated':
      return new ChannelUpdated(channel(payload.channelId));
    case 'channel.deleted':
      return Object.assign(new ChannelDeleted(), { channelId: payload.channelId, serverId: payload.serverId });
    case 'member.added':
      return new MemberAdded(server(payload.serverId), userOf(payload.userId));
    case 'member.updated':
      return Object.assign(new MemberUpdated(), { serverId: payload.serverId, user: userOf(payload.userId) });
    case 'member.removed':
      return Object.assign(new MemberRemoved(), {
        serverId: payload.serverId,
        user: userOf(payload.userId),
        reason: payload.reason,
      });
    case 'roles.changed':
      return Object.assign(new RolesChanged(), { serverId: payload.serverId });
    case 'direct-channel.opened':
      return new DirectChannelOpened(channel(payload.channelId));
  }
}
