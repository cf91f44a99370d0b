import { Redis } from 'ioredis';
import { ConfigError } from '../config.ts';
import { reasonOf, unavailable } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { within } from '../within.ts';

/** How long Redis may take to appear at start, in milliseconds. */
const startTimeout = 30_000;

/**
 * A client that comes back by itself and never queues: what cannot be sent now is refused now,
 * and what was sent is refused when the connection breaks, or after `timeout` milliseconds. `name` is what it is for.
 */
export function createClient(name: string, url: string, timeout: number, logger: Logger): Redis {
  const client = new Redis(url, {
    connectionName: `kopru-${name}`,
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: timeout,
    commandTimeout: timeout,
    keepAlive: 10_000,
    retryStrategy: (attempt) => Math.min(25 * 2 ** Math.min(attempt, 6), 1_000) * (0.5 + Math.random() / 2),
    // After a failover the old server answers so.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  client.on('error', (error) => lost(client, error, logger));
  client.on('ready', () => back(client, logger));
  client.on('end', () => outages.get(logger)?.connections.delete(client));
  return client;
}

interface Outage {
  readonly since: number;
  readonly connections: Set<Redis>;
}

/** By the logger of a process: what all of its connections meet is said once. */
const outages = new WeakMap<Logger, Outage>();

function lost(client: Redis, error: Error, logger: Logger): void {
  const outage = outages.get(logger) ?? { since: Date.now(), connections: new Set() };
  if (outage.connections.size === 0) logger.warn({ err: error }, 'Redis cannot be reached');
  outage.connections.add(client);
  outages.set(logger, outage);
}

function back(client: Redis, logger: Logger): void {
  const outage = outages.get(logger);
  if (!outage?.connections.delete(client) || outage.connections.size > 0) return;
  outages.delete(logger);
  logger.info({ seconds: (Date.now() - outage.since) / 1_000 }, 'Redis is back');
}

/**
 * Resolves when the clients can be used. @throws UNAVAILABLE when Redis does not appear within half a minute;
 * ConfigError when it lets nobody in as they come
 */
export async function connect(clients: readonly [Redis, ...Redis[]]): Promise<void> {
  const { host, port, db = 0 } = clients[0].options;
  const leads = `REDIS_URL leads to ${host}:${port}`;
  let latest: Error | undefined;
  const ready = clients.map(
    (client) =>
      new Promise<void>((resolve, reject) => {
        client.once('ready', () => {
          // ioredis goes on in another database where it is refused the one asked for.
          client.select(db).then(
            () => resolve(),
            (error: Error) => reject(new ConfigError(`${leads}, which has no database ${db}: ${reasonOf(error)}.`)),
          );
        });
        client.on('error', (error) => {
          latest = error;
          if (/^(WRONGPASS|NOAUTH|NOPERM)/.test(error.message))
            reject(new ConfigError(`${leads}, which does not let us in: ${reasonOf(error)}.`));
        });
        // Whatever comes of this attempt, the client makes others.
        client.connect().catch((error: Error) => (latest ??= error));
      }),
  );
  try {
    await within(startTimeout, Promise.all(ready), () => unreachable(latest));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw unavailable(`${leads}, where no Redis answers: ${reasonOf(latest ?? error)}.`, latest);
  }
}

/** What the client answers. A connection that gives no answer is given up for a new one. */
export async function answerOf<T>(client: Redis, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.message === 'Command timed out') client.disconnect(true);
    throw error;
  }
}

export const unreachable = (cause?: Error): Error => unavailable('The event log cannot be reached.', cause);
