import { networkOf } from '@kopru/runtime/client.ts';
import { rateLimited } from '@kopru/runtime/errors.ts';
import type { Quota } from '@kopru/runtime/quota/quota.ts';

/** How long a failure counts, in seconds, from the first one of its key. */
const period = 15 * 60;
const mostOfAccount = 10;
/** Many people may share an address. */
const mostOfAddress = 300;
/** Somebody may have as many addresses as they like. */
const mostOnAccount = 100;
/** How long an address stays its owner's, in seconds. */
const familiarity = 30 * 24 * 60 * 60;

/** Counts wrong passwords, by account and address and by each alone. Not in a table: anybody could write to it without an account. */
export class Attempts {
  readonly #quota: Quota;

  constructor(quota: Quota) {
    this.#quota = quota;
  }

  /**
   * Runs `attempt`, which gives null for a wrong password; only these count. Counted before it runs, so that many at
   * once are not more than many in a row. @throws RATE_LIMITED past the bound, without running it.
   */
  async guard<T>(account: string, address: string, attempt: () => Promise<T | null>): Promise<T | null> {
    const network = networkOf(address);
    // No account's name is longer; what anybody may send is not kept whole.
    const name = account.slice(0, 254);
    const ofAccount = `failures ${network} ${name}`;
    const ofAddress = `failures ${network}`;
    const onAccount = `failures * ${name}`;
    /** From where the right password came before. Whoever guesses from elsewhere does not shut the owner out. */
    const familiar = `familiar ${network} ${name}`;
    const counted: string[] = [];
    const count = async (key: string, most: number, excused?: string): Promise<void> => {
      const { ok, retryAfter } = await this.#quota.take(key, most, period);
      if (ok) counted.push(key);
      else if (excused === undefined || (await this.#quota.count(excused)) === 0) throw rateLimited(retryAfter);
    };
    let failed = false;
    try {
      await count(ofAccount, mostOfAccount);
      await count(ofAddress, mostOfAddress);
      await count(onAccount, mostOnAccount, familiar);
      const result = await attempt();
      failed = result === null;
      if (failed) return null;
      await this.#quota.forget(ofAccount);
      if ((await this.#quota.count(familiar)) === 0) await this.#quota.take(familiar, 1, familiarity);
      return result;
    } finally {
      if (!failed) for (const key of counted) await this.#quota.giveBack(key);
    }
  }
}
