import type { Delivery } from '@kopru/router/graph/graph.ts';
import type { DirectFeedSubscription, GuildFeedSubscription } from '@kopru/schema/operations/ws-gateway.ts';
import { contentOf } from '../socket/frames.ts';
import * as frames from './frames.ts';

type FeedEvent = GuildFeedSubscription['serverFeed'] | DirectFeedSubscription['channelEvents'];

/** What a delivery of a feed comes to for those who listen. */
export interface News {
  readonly frame?: frames.EventFrame;
  /** For the readers of this channel; absent where it is for everybody who listens to the guild. */
  readonly channelId?: string;
  /** The id of an event that also comes through other guilds, about the same person. */
  readonly echo?: string;
  /** Who is no member any more. */
  readonly removed?: string;
  /** Whose access has to be asked for before anything more is told: somebody's, or everybody's. */
  readonly recheck?: string | typeof everybody;
  /** Something happened that cannot be told. */
  readonly failed?: string;
}

export const everybody = Symbol('everybody');

const nothing: News = {};

/** `guildId` is the guild whose feed it is; null for a direct channel's. */
export function newsOf(delivery: Delivery, guildId: string | null): News {
  const content = contentOf<GuildFeedSubscription | DirectFeedSubscription>(delivery);
  if (content.kind === 'failed') return { failed: content.reason };
  if (content.kind === 'nothing') return nothing;
  const { data } = content;
  return newsOfEvent('serverFeed' in data ? data.serverFeed : data.channelEvents, guildId, delivery.event.id);
}

function newsOfEvent(event: FeedEvent, guildId: string | null, eventId: string): News {
  switch (event.__typename) {
    case 'MessageCreated':
      return { frame: frames.messageCreate(event.message, guildId), channelId: event.message.channel.id };
    case 'MessageUpdated':
      return { frame: frames.messageUpdate(event.message, guildId), channelId: event.message.channel.id };
    case 'MessageDeleted':
      return { frame: frames.messageDelete(event.messageId, event.channelId), channelId: event.channelId };
    case 'PresenceChanged':
      return { frame: frames.presenceUpdate(event.presence), echo: eventId };
    case 'TypingStarted':
      return { frame: frames.typingStart(event.channelId, event.user.id), channelId: event.channelId };
    case 'ServerUpdated':
      return { frame: frames.guildUpdate(event.server) };
    case 'ChannelCreated': {
      const { channel } = event;
      // Nobody is known to read it yet.
      return { frame: frames.channelCreate(channel, guildId), channelId: channel.id, recheck: everybody };
    }
    case 'ChannelUpdated':
      return { frame: frames.channelUpdate(event.channel, guildId), channelId: event.channel.id };
    case 'ChannelDeleted':
      return { frame: frames.channelDelete(event.channelId, guildId), channelId: event.channelId };
    case 'MemberUpdated':
      return { recheck: event.user.id };
    case 'RolesChanged':
      return { recheck: everybody };
    case 'MemberRemoved':
      return { removed: event.user.id };
    case 'ForeignEvent': {
      const frame = frames.foreign(event.name, event.data);
      return event.forChannelId === null ? { frame } : { frame, channelId: event.forChannelId };
    }
    // People hear of their own memberships and direct channels whatever they listen to, and of nobody else's.
    case 'MemberAdded':
    case 'ServerDeleted':
    case 'DirectChannelOpened':
    case 'ReadStateChanged':
      return nothing;
  }
}
