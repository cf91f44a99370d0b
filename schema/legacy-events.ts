import type { JsonObject, NewEvent, Outside, OutsideEvent } from '@kopru/runtime/events/event.ts';
import { events, kopruEvent, type MessagePayload } from './events.ts';

/**
 * The eleven events that the older systems know, in RabbitMQ and on the Redis channel `gateway_events`.
 * Each is made of what our event says and nothing else. There, a member who leaves is not told of: `guild.delete` means the guild is gone.
 */
function describe(told: Pick<NewEvent, 'type' | 'payload'>): OutsideEvent | undefined {
  const event = kopruEvent(told);
  switch (event.type) {
    case 'message.created':
      return named('message.create', message(event.payload.message));
    case 'message.updated':
      return named('message.update', message(event.payload.message));
    case 'message.deleted': {
      const { messageId, channelId } = event.payload;
      return named('message.delete', { messageId, channelId });
    }
    case 'presence.changed': {
      const { userId, status, customStatus } = event.payload;
      return named('presence.update', { userId, status: status.toLowerCase(), customStatus });
    }
    case 'typing.started': {
      const { channelId, userId } = event.payload;
      return named('typing.start', { channelId, userId });
    }
    case 'member.added':
      return named('guild.create', { ...guild(event.payload.serverId), userId: event.payload.userId });
    case 'server.updated':
      return named('guild.update', guild(event.payload.serverId));
    case 'server.deleted':
      return named('guild.delete', guild(event.payload.serverId));
    case 'channel.created':
      return named('channel.create', channel(event.payload.channelId, event.payload.serverId));
    case 'channel.updated':
      return named('channel.update', channel(event.payload.channelId, event.payload.serverId));
    case 'channel.deleted':
      return named('channel.delete', channel(event.payload.channelId, event.payload.serverId));
    case 'direct-channel.opened': {
      const { channelId, recipientIds } = event.payload;
      return named('channel.create', { ...channel(channelId, null), recipientIds });
    }
    case 'foreign':
      return named(event.payload.event, event.payload.data);
    default:
      return undefined;
  }
}

const named = (event: string, data: JsonObject): OutsideEvent => ({ event, data });

const guild = (id: string): JsonObject => ({ guildId: id, guild: { _id: id } });

const channel = (id: string, guildId: string | null): JsonObject => ({
  channelId: id,
  guildId,
  channel: { _id: id, guildId },
});

function message({
  id,
  channelId,
  serverId,
  authorId,
  content,
  replyToId,
  createdAt,
  editedAt,
}: MessagePayload): JsonObject {
  return {
    channelId,
    message: {
      _id: id,
      channelId,
      guildId: serverId,
      authorId,
      content,
      type: 'default',
      edited: editedAt !== null,
      pinned: false,
      mentionEveryone: false,
      ...(replyToId !== null && { replyToId }),
      createdAt,
      updatedAt: editedAt ?? createdAt,
    },
  };
}

function adopt({ event, data }: OutsideEvent): Pick<NewEvent, 'type' | 'topics' | 'payload'> {
  const { type, topics, payload } = events.foreign({ event, data, ...placeOf(event, data) });
  return { type, topics, payload };
}

interface Place {
  readonly channelId: string | null;
  readonly serverId: string | null;
}

/**
 * Where it happened, as far as it says so. What is said in a channel is for the readers of the channel, never for all members of its guild;
 * what becomes of a channel or a guild is for the members of the guild.
 */
function placeOf(event: string, data: JsonObject): Place {
  const channelId = idOf(data.channelId) ?? idOf(within(data.message).channelId);
  const serverId = idOf(data.guildId) ?? idOf(within(data.guild)._id) ?? idOf(within(data.channel).guildId);
  const ofGuild = serverId !== null && (channelId === null || /^(guild|channel)\./.test(event));
  return ofGuild ? { channelId: null, serverId } : { channelId, serverId: null };
}

const within = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const idOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : null;

/** How our events look to the older systems, and theirs to us. */
export const legacyEvents: Outside = { describe, adopt };
