import type { Reading } from './guild.readers.ts';
import type { Listener } from './room.ts';

/** Somebody with sockets that listen to a guild, and what they may read there. */
export interface Member {
  reading: Reading;
  seats: readonly Seat[];
}

/** What one socket listens to in a guild: all of it, single channels, or both. */
export class Seat {
  readonly listener: Listener;
  readonly member: Member;
  /** When it began to listen to the whole guild; undefined where it does not. */
  since: number | undefined;
  #channels: Set<string> | undefined;

  constructor(listener: Listener, member: Member) {
    this.listener = listener;
    this.member = member;
  }

  addChannel(channelId: string): void {
    this.#channels ??= new Set();
    this.#channels.add(channelId);
  }

  removeChannel(channelId: string): void {
    this.#channels?.delete(channelId);
  }

  get empty(): boolean {
    return this.since === undefined && !this.#channels?.size;
  }

  /** Whether it is told what is for the readers of a channel, or for everybody where that is undefined. */
  hears(channelId: string | undefined): boolean {
    if (channelId === undefined) return this.since !== undefined;
    return (
      this.member.reading.has(channelId) && (this.since !== undefined || (this.#channels?.has(channelId) ?? false))
    );
  }
}
