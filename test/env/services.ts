import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { findChromium } from './chromium.ts';
import type { Service } from './service.ts';

export interface Services {
  readonly database: Service;
  readonly redis: Service;
  readonly rabbitmq: Service;
  /** The browser that the support chat's pages are tried in. */
  readonly chromium: Service;
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly services: Services;
  }
}

/** Asks each service for its version, once a run. */
export async function findServices(environment: NodeJS.ProcessEnv): Promise<Services> {
  const [database, redis, rabbitmq, chromium] = await Promise.all([
    probe(environment.TEST_DATABASE_URL ?? 'mysql://root@127.0.0.1:3306', databaseVersion),
    probe(environment.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379', redisVersion),
    probe(environment.TEST_AMQP_URL ?? 'amqp://127.0.0.1:5672', rabbitmqVersion),
    findChromium(environment),
  ]);
  return { database, redis, rabbitmq, chromium };
}

async function probe(url: string, version: (url: string) => Promise<string>): Promise<Service> {
  try {
    return { url, version: await version(url), reason: null };
  } catch (error) {
    return { url, version: null, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws where it does not answer */
export async function databaseVersion(url: string): Promise<string> {
  const connection = await createConnection({ uri: url, connectTimeout: 3_000 });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const [{ version } = { version: '' }] = rows as { version: string }[];
    const number = /^[\d.]+/.exec(version)?.[0] ?? version;
    return `${version.includes('MariaDB') ? 'MariaDB' : 'MySQL'} ${number}`;
  } finally {
    await connection.end();
  }
}

/** @throws where it does not answer */
export async function redisVersion(url: string): Promise<string> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: 3_000, retryStrategy: null });
  // The reason a connection fails is only in this event; `connect` merely says that it was closed.
  let reason: Error | undefined;
  redis.on('error', (error) => {
    reason = error;
  });
  try {
    await redis.connect();
    return `Redis ${/redis_version:([\d.]+)/.exec(await redis.info('server'))?.[1]}`;
  } catch (error) {
    throw reason ?? error;
  } finally {
    redis.disconnect();
  }
}

/** @throws where it does not answer */
export async function rabbitmqVersion(url: string): Promise<string> {
  const connection = await connect(url, { timeout: 3_000 });
  try {
    const { product, version } = connection.connection.serverProperties;
    return `${product} ${version}`;
  } finally {
    await connection.close();
  }
}
