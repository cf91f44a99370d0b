import type { Redis } from 'ioredis';
import { answerOf } from '../events/redis.client.ts';
import type { Logger } from '../logger.ts';
import { MemoryQuota, wholeSeconds } from './memory.ts';
import type { Quota, Taken } from './quota.ts';

/** ARGV: limit, window (ms). Gives 0, or the milliseconds until the window ends. */
const take = `
  if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[1]) then
    return math.max(1, redis.call('PTTL', KEYS[1]))
  end
  if redis.call('INCR', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
  return 0
`;

/** What is no more, was of a window that has ended. */
const giveBack = `
  local count = tonumber(redis.call('GET', KEYS[1]) or '0')
  if count > 1 then redis.call('DECR', KEYS[1]) elseif count == 1 then redis.call('DEL', KEYS[1]) end
`;

interface Scripted {
  koprTake(keys: 1, key: string, limit: number, window: number): Promise<number>;
  koprGiveBack(keys: 1, key: string): Promise<null>;
}

/**
 * Counts over all processes. While Redis is away or full each process counts alone, which lets through as many times more as
 * there are processes, and is still an end to a flood.
 */
export class RedisQuota implements Quota {
  readonly #redis: Redis & Scripted;
  readonly #prefix: string;
  readonly #logger: Logger;
  readonly #alone = new MemoryQuota();
  #away = false;

  /** Every key begins with `prefix`. The client is closed with this. */
  constructor(redis: Redis, prefix: string, logger: Logger) {
    redis.defineCommand('koprTake', { lua: take });
    redis.defineCommand('koprGiveBack', { lua: giveBack });
    this.#redis = redis as Redis & Scripted;
    this.#prefix = `${prefix}quota:`;
    this.#logger = logger;
  }

  async take(key: string, limit: number, windowSeconds: number): Promise<Taken> {
    try {
      const left = await answerOf(
        this.#redis,
        this.#redis.koprTake(1, this.#prefix + key, limit, windowSeconds * 1_000),
      );
      if (left > 0) return { ok: false, retryAfter: wholeSeconds(left) };
      if (this.#away) this.#logger.info('limits are counted over all processes again');
      this.#away = false;
      return { ok: true, retryAfter: 0 };
    } catch (error) {
      if (!this.#away)
        this.#logger.warn({ err: error }, 'limits are counted by each process alone: Redis refuses or is away');
      this.#away = true;
      return this.#alone.take(key, limit, windowSeconds);
    }
  }

  async giveBack(key: string): Promise<void> {
    await this.#orAlone<unknown>(this.#redis.koprGiveBack(1, this.#prefix + key), (alone) => alone.giveBack(key));
  }

  count(key: string): Promise<number> {
    return this.#orAlone(this.#redis.get(this.#prefix + key).then(Number), (alone) => alone.count(key));
  }

  async forget(key: string): Promise<void> {
    await this.#orAlone<unknown>(this.#redis.del(this.#prefix + key), (alone) => alone.forget(key));
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }

  /** What was counted here alone is given back, and found, here alone. */
  #orAlone<T>(together: Promise<T>, alone: (quota: Quota) => Promise<T>): Promise<T> {
    return answerOf(this.#redis, together).catch(() => alone(this.#alone));
  }
}
