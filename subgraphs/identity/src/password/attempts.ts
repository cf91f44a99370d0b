import { networkOf } from '@kopru/runtime/client.ts';
import { rateLimited } from '@kopru/runtime/errors.ts';
import { LRUCache } from 'lru-cache';

/** How long a failure counts, in milliseconds, from the first one of its row. */
const period = 15 * 60 * 1000;
const mostOfAccount = 10;
/** Many people may share an address. */
const mostOfAddress = 300;
/** Somebody may have as many addresses as they like. */
const mostOnAccount = 100;
const kept = 100_000;

/**
 * Counts wrong passwords, by account and address and by each alone.
 * Held in this process: a table would let anybody write to the database without an account, and a few more guesses,
 * by as many instances as there are, are no help against a password of eight characters.
 */
export class Attempts {
  readonly #failures = new LRUCache<string, number>({ max: kept, ttl: period, noUpdateTTL: true, perf: Date });
  /** From where the right password came before. Whoever guesses from elsewhere does not shut the owner out. */
  readonly #familiar = new LRUCache<string, true>({ max: kept });

  /**
   * Runs `attempt`, which gives null for a wrong password; only these count. Counted before it runs, so that many at
   * once are not more than many in a row. @throws RATE_LIMITED past the bound, without running it.
   */
  async guard<T>(account: string, address: string, attempt: () => Promise<T | null>): Promise<T | null> {
    const network = networkOf(address);
    // No account's name is longer; what anybody may send is not kept whole.
    const onAccount = `* ${account.slice(0, 254)}`;
    const ofAccount = `${network} ${account.slice(0, 254)}`;
    this.#refuse(ofAccount, mostOfAccount);
    this.#refuse(network, mostOfAddress);
    if (!this.#familiar.has(ofAccount)) this.#refuse(onAccount, mostOnAccount);
    const counted = [ofAccount, network, onAccount];
    for (const key of counted) this.#add(key, 1);
    let failed = false;
    try {
      const result = await attempt();
      failed = result === null;
      if (!failed) this.#succeeded(ofAccount);
      return result;
    } finally {
      if (!failed) for (const key of counted) this.#add(key, -1);
    }
  }

  #succeeded(ofAccount: string): void {
    this.#failures.delete(ofAccount);
    this.#familiar.set(ofAccount, true);
  }

  #refuse(key: string, most: number): void {
    if ((this.#failures.get(key) ?? 0) >= most)
      throw rateLimited(Math.max(1, Math.ceil(this.#failures.getRemainingTTL(key) / 1000)));
  }

  #add(key: string, change: number): void {
    const failures = (this.#failures.get(key) ?? 0) + change;
    if (failures > 0) this.#failures.set(key, failures);
    else this.#failures.delete(key);
  }
}
