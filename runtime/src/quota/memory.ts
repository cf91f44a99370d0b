import { LRUCache } from 'lru-cache';
import type { Quota, Taken } from './quota.ts';

/** How many keys are counted at a time; who is forgotten for others begins anew. */
const kept = 100_000;

/** Counts within this process. */
export class MemoryQuota implements Quota {
  readonly #counts = new LRUCache<string, number>({ max: kept, noUpdateTTL: true, ttlResolution: 0, perf: Date });

  async take(key: string, limit: number, windowSeconds: number): Promise<Taken> {
    // Reading it first forgets one whose window has ended.
    const count = this.#counts.get(key) ?? 0;
    if (count >= limit) return { ok: false, retryAfter: wholeSeconds(this.#counts.getRemainingTTL(key)) };
    this.#counts.set(key, count + 1, { ttl: windowSeconds * 1_000 });
    return { ok: true, retryAfter: 0 };
  }

  async giveBack(key: string): Promise<void> {
    const count = (this.#counts.get(key) ?? 0) - 1;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }

  async count(key: string): Promise<number> {
    return this.#counts.get(key) ?? 0;
  }

  async forget(key: string): Promise<void> {
    this.#counts.delete(key);
  }

  async close(): Promise<void> {
    this.#counts.clear();
  }
}

/** What is left of a window, for whoever is told when to come back. */
export const wholeSeconds = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1_000));
