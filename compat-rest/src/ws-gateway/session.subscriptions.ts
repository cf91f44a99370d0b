import type { Run } from '../operation.ts';
import type { Guild } from './guild.ts';
import { mostSubscriptions } from './opcodes.ts';
import type { Listener, Room } from './room.ts';
import { guildOf } from './session.lookup.ts';
import type { World } from './world.ts';

/** Why somebody does not listen to what they asked for. */
export type Refusal = 'not a member of this guild' | 'no such channel, or one that you may not read';

/** One socket's subscription would be one too many. */
export class TooMany extends Error {
  override readonly name = 'TooMany';
}

/** What one socket listens to. */
export class Subscriptions {
  readonly #world: World;
  readonly #listener: Listener;
  readonly #run: Run;
  readonly #guilds = new Map<string, Guild>();
  /** By the channel's id, the room that tells of it. */
  readonly #channels = new Map<string, Room>();

  constructor(world: World, listener: Listener, run: Run) {
    this.#world = world;
    this.#listener = listener;
    this.#run = run;
  }

  /** @throws TooMany, Refused */
  async addGuild(guildId: string): Promise<Refusal | undefined> {
    if (this.#guilds.has(guildId)) return undefined;
    this.#requireRoom();
    const guild = this.#world.guilds.open(guildId);
    return this.#join(this.#guilds, guildId, guild, null, 'not a member of this guild');
  }

  removeGuild(guildId: string): undefined {
    this.#guilds.get(guildId)?.leave(this.#listener, null);
    this.#guilds.delete(guildId);
  }

  /** @throws TooMany, Refused */
  async addChannel(channelId: string): Promise<Refusal | undefined> {
    if (this.#channels.has(channelId)) return undefined;
    this.#requireRoom();
    const guildId = await guildOf(this.#run, channelId);
    const refusal = 'no such channel, or one that you may not read';
    if (guildId === undefined) return refusal;
    return this.#join(this.#channels, channelId, this.#roomOf(guildId, channelId), channelId, refusal);
  }

  removeChannel(channelId: string): undefined {
    this.#channels.get(channelId)?.leave(this.#listener, channelId);
    this.#channels.delete(channelId);
  }

  /** The room has taken the socket out. */
  dismissed(room: Room): void {
    for (const rooms of [this.#guilds, this.#channels])
      for (const [id, other] of rooms) if (other === room) rooms.delete(id);
  }

  /** When the socket began to listen to all of a guild; undefined where it does not. */
  since(guildId: string): number | undefined {
    return this.#guilds.get(guildId)?.since(this.#listener);
  }

  clear(): void {
    for (const room of new Set([...this.#guilds.values(), ...this.#channels.values()])) room.forget(this.#listener);
    this.#guilds.clear();
    this.#channels.clear();
  }

  /** It counts from the beginning, so that whoever dismisses the socket meanwhile takes it back. */
  async #join<Kind extends Room>(
    rooms: Map<string, Kind>,
    id: string,
    room: Kind,
    channelId: string | null,
    refusal: Refusal,
  ): Promise<Refusal | undefined> {
    rooms.set(id, room);
    let joined = false;
    try {
      joined = await room.join(this.#listener, channelId);
    } finally {
      if (!joined) rooms.delete(id);
    }
    return joined ? undefined : refusal;
  }

  #requireRoom(): void {
    if (this.#guilds.size + this.#channels.size >= mostSubscriptions) throw new TooMany();
  }

  #roomOf(guildId: string | null, channelId: string): Room {
    const { guilds, directChannels } = this.#world;
    return guildId === null ? directChannels.open(channelId) : guilds.open(guildId);
  }
}
