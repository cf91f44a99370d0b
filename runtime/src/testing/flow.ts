import { Registry } from 'prom-client';
import { openAmqp } from '../events/amqp.ts';
import type { Outside } from '../events/event.ts';
import type { Destination, EventLog } from '../events/log.ts';
import { openEventLog } from '../events/open.ts';
import type { Logger } from '../logger.ts';

/** What is called `tested` in here has the name `test.create` outside, and says only its payload's `name` there. */
export const testOutside: Outside = {
  describe: ({ type, payload }) => {
    if (type === 'foreign') return { event: String(payload.event), data: payload.data as never };
    return type === 'tested' ? { event: 'test.create', data: { name: payload.name } } : undefined;
  },
  adopt: ({ event, data }) => ({ type: 'foreign', topics: [`at ${data.at}`], payload: { event, data } }),
};

/** A log with whatever is in front of it, as the settings of a backend say. */
export interface Flow {
  readonly log: EventLog;
  readonly destination: Destination;
  readonly metrics: Registry;
  close(): Promise<void>;
}

export interface FlowOptions {
  readonly logger: Logger;
  /** In milliseconds. */
  readonly timeout?: number;
  /** In seconds. */
  readonly heartbeat?: number;
}

export async function openFlow(settings: NodeJS.ProcessEnv, options: FlowOptions): Promise<Flow> {
  const metrics = new Registry();
  const { logger } = options;
  const { REDIS_URL, REDIS_PREFIX, GATEWAY_EVENTS_CHANNEL: channel = '', AMQP_URL: url, AMQP_EXCHANGE } = settings;
  const log = await openEventLog({
    redisUrl: REDIS_URL,
    redisPrefix: REDIS_PREFIX,
    outside: { channel, describe: testOutside.describe },
    logger,
  });
  const shared = { ...options, exchange: AMQP_EXCHANGE ?? '', log, outside: testOutside, metrics };
  const amqp = url === undefined ? undefined : await openAmqp({ url, ...shared });
  return {
    log,
    destination: amqp ?? log,
    metrics,
    async close() {
      await amqp?.close();
      await log.close();
    },
  };
}
