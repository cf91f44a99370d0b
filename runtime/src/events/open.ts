import type { Logger } from '../logger.ts';
import type { EventLog } from './log.ts';
import { openMemoryLog } from './memory.ts';
import type { Announcements } from './redis.scripts.ts';
import { openRedisLog } from './redis.ts';

export interface EventLogOptions {
  /** Redis, for a system of several processes. In memory where absent. */
  readonly redisUrl?: string | undefined;
  /** What every key and channel in Redis begins with; systems that share a Redis have different ones. */
  readonly redisPrefix?: string | undefined;
  /** Where services outside hear of events, in Redis. */
  readonly outside?: Announcements | undefined;
  readonly logger: Logger;
}

/** Opens the event log that the settings ask for. */
export async function openEventLog({
  redisUrl,
  redisPrefix = 'kopru:',
  outside,
  logger,
}: EventLogOptions): Promise<EventLog> {
  if (!redisUrl) return openMemoryLog({ logger });
  return openRedisLog({ url: redisUrl, prefix: redisPrefix, outside, logger });
}
