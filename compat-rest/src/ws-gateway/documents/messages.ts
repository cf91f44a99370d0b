import { type Dialect, dialects, type EventName, largestFrame, mostSubscriptions, type Op } from '../opcodes.ts';
import { constant, count, id, list, object, type Schema, shared, text } from './schemas.ts';

/** One kind of frame. */
export interface Message {
  readonly name: Op | EventName;
  readonly from: 'client' | 'server';
  readonly on: readonly Dialect[];
  readonly summary: string;
  readonly data: Schema;
  /** What it is answered with. */
  readonly reply?: Op;
}

const nothing: Schema = { type: 'null' };
const guildId = object({ guildId: id('The guild.') });
const channelId = object({ channelId: id('A text channel or a direct channel.') });

const asked = (name: Op, summary: string, data: Schema, reply?: Op, on: readonly Dialect[] = dialects): Message => ({
  name,
  from: 'client',
  on,
  summary,
  data,
  ...(reply && { reply }),
});
const said = (name: Op | EventName, summary: string, data: Schema, on: readonly Dialect[] = dialects): Message => ({
  name,
  from: 'server',
  on,
  summary,
  data,
});

const messageData = (name: 'Message' | 'WebMessage') =>
  object({ channelId: id('Where it was sent.'), message: shared(name) });
const guildData = object({ guildId: id('The guild.'), guild: shared('Guild') });
const channelData = object({
  channelId: id('The channel.'),
  guildId: { type: ['string', 'null'] },
  channel: shared('Channel'),
});

/** Everything that is said on a socket, in the order of the document. */
export const messages: readonly Message[] = [
  asked(
    'IDENTIFY',
    'Says who connects; sent on open, without waiting for HELLO.',
    object({ token: text('An access token.') }),
    'READY',
  ),
  asked(
    'HEARTBEAT',
    'Says that the client is there: every 30 seconds unless HELLO says otherwise; after twice that without one the socket is closed with 4009.',
    nothing,
    'HEARTBEAT_ACK',
  ),
  asked(
    'GUILD_SUBSCRIBE',
    `Listens to a guild; for its members. At most ${mostSubscriptions} guilds and channels a socket.`,
    guildId,
  ),
  asked('GUILD_UNSUBSCRIBE', 'Listens no more.', guildId),
  asked('SUBSCRIBE', 'Listens to what is said in one channel; for those who may read it.', channelId, undefined, [
    '/ws',
  ]),
  asked('UNSUBSCRIBE', 'Listens no more.', channelId, undefined, ['/ws']),

  said(
    'HELLO',
    'The first frame; it need not be waited for.',
    object({ heartbeatInterval: count('How often to send HEARTBEAT, in milliseconds.') }),
  ),
  said(
    'READY',
    'The client is known. From here on it hears of its own guilds and direct channels.',
    object({ userId: id('Who it is.'), guilds: list(id('A guild.'), 'The guilds that they are a member of.') }),
  ),
  said('HEARTBEAT_ACK', 'Answers HEARTBEAT, after whatever was asked before it.', nothing),
  said(
    'INVALID_SESSION',
    'The token is no good, or not any more. The socket is closed with 4004.',
    object({ reason: text('Why, in English.') }),
  ),
  said(
    'ERROR',
    'An operation was not carried out; the socket stays open.',
    object(
      { op: text('The operation.'), reason: text('Why, in English.') },
      { guildId: id('The guild that it named.'), channelId: id('The channel that it named.') },
    ),
  ),

  said('message.create', 'A message was sent.', messageData('Message'), ['/']),
  said('message.create', 'A message was sent.', messageData('WebMessage'), ['/ws']),
  said('message.update', 'The text of a message was changed.', messageData('Message'), ['/']),
  said('message.update', 'The text of a message was changed.', messageData('WebMessage'), ['/ws']),
  said(
    'message.delete',
    'A message is gone.',
    object({ messageId: id('The message.'), channelId: id('Where it was.') }),
  ),
  said(
    'presence.update',
    'A member of a guild came, went, or changed how they appear.',
    object({
      userId: id('Who.'),
      status: { enum: ['online', 'idle', 'dnd', 'offline'] },
      customStatus: { type: ['string', 'null'], description: 'A line of their own.' },
    }),
  ),
  said('typing.start', 'Somebody types; it may be oneself.', object({ channelId: id('Where.'), userId: id('Who.') })),
  said('guild.create', 'One has made or joined a guild.', guildData),
  said('guild.update', 'A guild was changed.', guildData),
  said(
    'guild.delete',
    'A guild is gone, or one is no member of it any more.',
    object({ guildId: id('The guild.'), guild: object({ _id: id('The same.') }) }),
  ),
  said('channel.create', 'A guild has a new channel, or oneself a direct channel.', channelData),
  said('channel.update', 'A channel was changed.', channelData),
  said(
    'channel.delete',
    'A channel is gone.',
    object({
      channelId: id('The channel.'),
      guildId: id('Its guild.'),
      channel: object({ _id: id('The same.'), guildId: id('The same.') }),
    }),
  ),
];

/** A whole frame: `op` and `data`, or `event` and `data`. */
export const frameSchema = ({ name, data }: Message): Schema =>
  object(/[.]/.test(name) ? { event: constant(name), data } : { op: constant(name), data });

/** What a client should know that is about no single frame. */
export const introduction = [
  'Frames are JSON texts. Those with an `op` are operations and their answers; those with an `event` are events, and never have an `op`.',
  'Events of a guild reach members who subscribed to it, and of its channels those who may read them. One’s own `guild.create` and `guild.delete`, and `channel.create` of direct channels, come without a subscription.',
  'Services outside may announce events of other names; they come as they are.',
  `A frame of a client has at most ${largestFrame / 1024} KiB, and there are at most 120 a minute.`,
].join('\n\n');
