import { unavailable } from '@kopru/runtime/errors.ts';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** How long Google may take to answer, in milliseconds. */
const answerWithin = 5_000;
/** How long keys are kept where the answer does not say, and at most, in milliseconds. */
const usualAge = 10 * 60_000;
const mostAge = 24 * 60 * 60_000;
/** How often, at most, the keys are fetched because a token names one that is not among them, in milliseconds. */
const cooldown = 10_000;

interface Keys {
  readonly find: JWTVerifyGetKey;
  readonly freshUntil: number;
}

/** The keys that Google signs with, fetched when they are needed and kept for as long as the answer's `Cache-Control` says. */
export class GoogleKeys {
  readonly #url: string;
  #keys: Keys | undefined;
  #fetching: Promise<Keys> | undefined;
  #missedAt = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** The key that a token names. @throws JWKSNoMatchingKey; UNAVAILABLE where the keys cannot be fetched. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const { find } = this.#keys && this.#keys.freshUntil > Date.now() ? this.#keys : await this.#fetch();
    try {
      return await find(header, token);
    } catch (error) {
      // Google signs with a new key before the old ones run out. Anybody can name a key that there is not.
      if (!(error instanceof errors.JWKSNoMatchingKey) || Date.now() - this.#missedAt < cooldown) throw error;
      this.#missedAt = Date.now();
      return (await this.#fetch()).find(header, token);
    }
  };

  /** Once for all who wait. */
  #fetch(): Promise<Keys> {
    this.#fetching ??= this.#ask().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #ask(): Promise<Keys> {
    try {
      const response = await fetch(this.#url, { redirect: 'error', signal: AbortSignal.timeout(answerWithin) });
      if (!response.ok) throw new Error(`answered ${response.status}`);
      const find = createLocalJWKSet((await response.json()) as JSONWebKeySet);
      this.#keys = { find, freshUntil: Date.now() + ageOf(response.headers) };
      return this.#keys;
    } catch (error) {
      throw unavailable("Google's keys cannot be fetched.", error as Error);
    }
  }
}

/** For how long an answer may be kept, in milliseconds. */
function ageOf(headers: Headers): number {
  const control = headers.get('cache-control') ?? '';
  if (/\b(no-store|no-cache)\b/i.test(control)) return 0;
  const seconds = /\bmax-age=(\d+)/i.exec(control)?.[1];
  if (seconds === undefined) return usualAge;
  const spent = Number(headers.get('age') ?? 0) || 0;
  return Math.min(mostAge, Math.max(0, Number(seconds) - spent) * 1000);
}
