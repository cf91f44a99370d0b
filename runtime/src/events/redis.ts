import type { Logger } from '../logger.ts';
import type { EventLog, Retention } from './log.ts';

export interface RedisLogOptions {
  readonly url: string;
  readonly prefix: string;
  readonly retention?: Partial<Retention>;
  readonly logger: Logger;
}
export async function openRedisLog(_: RedisLogOptions): Promise<EventLog> {
  throw new Error('not yet');
}
