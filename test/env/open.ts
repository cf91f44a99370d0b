import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Services } from './services.ts';

/** A place for one installation that nobody else uses, by random names. Dispose of it when everything that uses it is closed. */
export interface OpenBackend extends AsyncDisposable {
  /** Settings as the environment would hold them; `DATA_DIR` always. */
  readonly settings: Readonly<Record<string, string>>;
}

/** SQLite files, and the log in memory. */
export async function openEmbedded(): Promise<OpenBackend> {
  const folder = await mkdtemp(join(tmpdir(), 'kopru-test-'));
  return {
    settings: { DATA_DIR: folder },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Schemas of their own on MariaDB or MySQL, and a prefix of its own on Redis. */
export async function openServers({ database, redis }: Pick<Services, 'database' | 'redis'>): Promise<OpenBackend> {
  const embedded = await openEmbedded();
  const name = `kopru_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  return {
    settings: {
      ...embedded.settings,
      DATABASE_URL: url.href,
      REDIS_URL: redis.url,
      REDIS_PREFIX: `${name}:`,
      GATEWAY_EVENTS_CHANNEL: `${name}:gateway_events`,
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([
        dropSchemas(database.url, name),
        deleteKeys(redis.url, `${name}:`),
        embedded[Symbol.asyncDispose](),
      ]);
    },
  };
}

/** The same, with an exchange of its own on RabbitMQ. */
export async function openBroker({ rabbitmq, ...others }: Services): Promise<OpenBackend> {
  const servers = await openServers(others);
  const exchange = `kopru_test_${randomBytes(6).toString('hex')}`;
  return {
    settings: { ...servers.settings, AMQP_URL: rabbitmq.url, AMQP_EXCHANGE: exchange },
    async [Symbol.asyncDispose]() {
      await Promise.all([deleteExchange(rabbitmq.url, exchange), servers[Symbol.asyncDispose]()]);
    },
  };
}

/** With the queues that a Köprü on this exchange makes. */
async function deleteExchange(url: string, exchange: string): Promise<void> {
  const connection = await connect(url);
  try {
    const channel = await connection.createChannel();
    for (const queue of [`${exchange}.kopru`, `${exchange}.kopru.dead`]) await channel.deleteQueue(queue);
    await channel.deleteExchange(exchange);
  } finally {
    await connection.close();
  }
}

async function dropSchemas(url: string, prefix: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    const [schemas] = await connection.query<RowDataPacket[]>('SHOW DATABASES LIKE ?', [
      `${prefix.replaceAll('_', '\\_')}%`,
    ]);
    for (const schema of schemas) await connection.query('DROP DATABASE ??', [Object.values(schema)[0]]);
  } finally {
    await connection.end();
  }
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const client = new Redis(url);
  try {
    for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1_000 }))
      if (keys.length > 0) await client.unlink(keys);
  } finally {
    client.disconnect();
  }
}
