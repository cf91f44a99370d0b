import { LRUCache } from 'lru-cache';
import { rateLimited } from './errors.ts';

/** How many are counted at a time; who is forgotten for others begins anew. */
const kept = 100_000;

/**
 * How much each may do within a time that begins with the first of it. Held in this process: several of them let through
 * as many times more, which is still an end to a flood, and nobody makes a database write by being refused.
 */
export class Quota {
  readonly #most: number;
  readonly #counts: LRUCache<string, number>;

  /** `within` in milliseconds. */
  constructor({ most, within }: { readonly most: number; readonly within: number }) {
    this.#most = most;
    this.#counts = new LRUCache({ max: kept, ttl: within, noUpdateTTL: true, perf: Date });
  }

  /** Counts one more. @throws RATE_LIMITED where it is one too many, with the seconds until they begin anew */
  take(key: string): void {
    const count = this.#counts.get(key) ?? 0;
    if (count >= this.#most) throw rateLimited(Math.max(1, Math.ceil(this.#counts.getRemainingTTL(key) / 1000)));
    this.#counts.set(key, count + 1);
  }
}
