import type {
  ChannelFieldsFragment,
  GuildFieldsFragment,
  MessageFieldsFragment,
  PersonFieldsFragment,
} from '@kopru/schema/operations/ws-gateway.ts';
import { textFrame } from '../socket/frames.ts';
import type { Dialect, EventName } from './opcodes.ts';
import * as shapes from './shapes.ts';

/** An event as sockets are sent it: its bytes are made once in each dialect that somebody hears it in. */
export class EventFrame {
  readonly #text: (dialect: Dialect) => string;
  readonly #made: Partial<Record<Dialect, Buffer>> = {};

  constructor(text: (dialect: Dialect) => string) {
    this.#text = text;
  }

  in(dialect: Dialect): Buffer {
    this.#made[dialect] ??= textFrame(this.#text(dialect));
    return this.#made[dialect];
  }
}

const frame = (event: EventName, data: (dialect: Dialect) => object): EventFrame =>
  new EventFrame((dialect) => eventText(event, JSON.stringify(data(dialect))));

/** An event frame has these two and never an `op`. */
const eventText = (event: string, data: string): string => `{"event":${JSON.stringify(event)},"data":${data}}`;

type GuildId = string | null;

const message =
  (event: 'message.create' | 'message.update') =>
  (fields: MessageFieldsFragment, guildId: GuildId): EventFrame =>
    frame(event, (dialect) => ({
      channelId: fields.channel.id,
      message: shapes.message(fields, guildId, dialect),
    }));

const channel =
  (event: 'channel.create' | 'channel.update') =>
  (fields: ChannelFieldsFragment, guildId: GuildId): EventFrame =>
    frame(event, () => ({ channelId: fields.id, guildId, channel: shapes.channel(fields, guildId) }));

const guild =
  (event: 'guild.create' | 'guild.update') =>
  (fields: GuildFieldsFragment): EventFrame =>
    frame(event, () => ({ guildId: fields.id, guild: shapes.guild(fields) }));

interface Presence {
  readonly user: { readonly id: string };
  readonly status: string;
  readonly customStatus: string | null;
}

/** The eleven events of the document, in its order. */
export const messageCreate = message('message.create');
export const messageUpdate = message('message.update');
export const messageDelete = (messageId: string, channelId: string): EventFrame =>
  frame('message.delete', () => ({ messageId, channelId }));
export const presenceUpdate = ({ user, status, customStatus }: Presence): EventFrame =>
  frame('presence.update', () => ({ userId: user.id, status: status.toLowerCase(), customStatus }));
export const typingStart = (channelId: string, userId: string): EventFrame =>
  frame('typing.start', () => ({ channelId, userId }));
export const guildCreate = guild('guild.create');
export const guildUpdate = guild('guild.update');
export const guildDelete = (guildId: string): EventFrame =>
  frame('guild.delete', () => ({ guildId, guild: { _id: guildId } }));
export const channelCreate = channel('channel.create');
export const channelUpdate = channel('channel.update');
export const channelDelete = (channelId: string, guildId: GuildId): EventFrame =>
  frame('channel.delete', () => ({ channelId, guildId, channel: { _id: channelId, guildId } }));

/** A direct channel that two people have now. */
export const directChannelCreate = (
  fields: ChannelFieldsFragment & { readonly recipients: readonly PersonFieldsFragment[] },
): EventFrame =>
  frame('channel.create', () => ({
    channelId: fields.id,
    guildId: null,
    channel: { ...shapes.channel(fields, null), recipients: fields.recipients.map(shapes.person) },
  }));

/** An event of a service outside, as it came. `data` is JSON. */
export const foreign = (name: string, data: string): EventFrame => new EventFrame(() => eventText(name, data));
