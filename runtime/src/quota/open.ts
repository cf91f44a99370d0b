import { connect, createClient } from '../events/redis.client.ts';
import type { Logger } from '../logger.ts';
import { MemoryQuota } from './memory.ts';
import type { Quota } from './quota.ts';
import { RedisQuota } from './redis.ts';

export interface QuotaOptions {
  /** Redis, for a system of several processes. In memory where absent. */
  readonly redisUrl?: string | undefined;
  /** What every key in Redis begins with. */
  readonly redisPrefix: string;
  /** How long an answer of Redis may take, in milliseconds; 1,000 unless told. Whoever is counted waits for it. */
  readonly timeout?: number;
  readonly logger: Logger;
}

/** Opens the quota that the settings ask for. Rejects when Redis does not appear within half a minute. */
export async function openQuota({ redisUrl, redisPrefix, timeout = 1_000, logger }: QuotaOptions): Promise<Quota> {
  if (!redisUrl) return new MemoryQuota();
  const client = createClient('quota', redisUrl, timeout, logger);
  const quota = new RedisQuota(client, redisPrefix, logger);
  try {
    await connect([client]);
    return quota;
  } catch (error) {
    await quota.close();
    throw error;
  }
}
