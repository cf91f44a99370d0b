import type { Logger } from '../logger.ts';
import type { EventLog } from './log.ts';
import { openMemoryLog } from './memory.ts';
import { openRedisLog } from './redis.ts';

export interface EventLogOptions {
  /** Redis, for a system of several processes. In memory where absent. */
  readonly redisUrl?: string | undefined;
  /** What every key and channel in Redis begins with; systems that share a Redis have different ones. */
  readonly redisPrefix?: string | undefined;
  readonly logger: Logger;
}

/** Opens the event log that the settings ask for. */
export async function openEventLog({ redisUrl, redisPrefix = 'kopru:', logger }: EventLogOptions): Promise<EventLog> {
  if (!redisUrl) return openMemoryLog({ logger });
  return openRedisLog({ url: redisUrl, prefix: redisPrefix, logger });
}
