import { LRUCache } from 'lru-cache';

/** How many events are remembered; guilds tell the same one within moments of each other. */
const remembered = 1_000;

/**
 * What is about a person comes through each guild that they are in. Whoever listens to several of those is told once:
 * by the first guild that tells it.
 */
export class Echoes {
  #moment = 0;
  readonly #told = new LRUCache<string, Map<string, number>>({ max: remembered });

  /** A moment later than all before. */
  now(): number {
    this.#moment += 1;
    return this.#moment;
  }

  /** Notes that a guild tells an event now. Gives the guilds that told it before, and when. */
  telling(eventId: string, guildId: string): readonly (readonly [guildId: string, at: number])[] {
    const told = this.#told.get(eventId) ?? new Map<string, number>();
    const before = [...told];
    told.set(guildId, this.now());
    this.#told.set(eventId, told);
    return before;
  }
}
