import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { inject } from 'vitest';
// For the type of what is injected, also where nothing else leads to it.
import type {} from './services.ts';

/** What the services stand on. A suite runs over each: `describe.each(backends)('$name', ({ open }) => …)`. */
export interface Backend {
  readonly name: string;
  /** Whether several processes may stand on it. */
  readonly shared: boolean;
  /** Whether RabbitMQ is in front of the event log. */
  readonly broker: boolean;
  /** Makes a place nobody else uses, by random names. Dispose of it when everything that uses it is closed. */
  readonly open: () => Promise<OpenBackend>;
}

export interface OpenBackend extends AsyncDisposable {
  /** Settings as the environment would hold them; `DATA_DIR` always. */
  readonly settings: Readonly<Record<string, string>>;
}

const { database, redis, rabbitmq } = inject('services');

/** SQLite and the log in memory always; MariaDB (or MySQL) and Redis where both answer. */
export const backends: readonly Backend[] = [
  { name: 'SQLite + memory', shared: false, broker: false, open: openEmbedded },
  ...(database.version && redis.version
    ? [{ name: `${database.version} + ${redis.version}`, shared: true, broker: false, open: openServers }]
    : []),
];

/** The same, and RabbitMQ in front of Redis where it answers too: for what events go through. */
export const eventBackends: readonly Backend[] = backends.flatMap((backend) =>
  backend.shared && rabbitmq.version
    ? [backend, { name: `${backend.name} + ${rabbitmq.version}`, shared: true, broker: true, open: openBroker }]
    : backend,
);

async function openEmbedded(): Promise<OpenBackend> {
  const folder = await mkdtemp(join(tmpdir(), 'kopru-test-'));
  return {
    settings: { DATA_DIR: folder },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function openServers(): Promise<OpenBackend> {
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
      await Promise.all([dropSchemas(name), deleteKeys(`${name}:`), embedded[Symbol.asyncDispose]()]);
    },
  };
}

async function openBroker(): Promise<OpenBackend> {
  const servers = await openServers();
  const exchange = `kopru_test_${randomBytes(6).toString('hex')}`;
  return {
    settings: { ...servers.settings, AMQP_URL: rabbitmq.url, AMQP_EXCHANGE: exchange },
    async [Symbol.asyncDispose]() {
      await Promise.all([deleteExchange(exchange), servers[Symbol.asyncDispose]()]);
    },
  };
}

/** With the queues that a Köprü on this exchange makes. */
async function deleteExchange(exchange: string): Promise<void> {
  const connection = await connect(rabbitmq.url);
  try {
    const channel = await connection.createChannel();
    for (const queue of [`${exchange}.kopru`, `${exchange}.kopru.dead`]) await channel.deleteQueue(queue);
    await channel.deleteExchange(exchange);
  } finally {
    await connection.close();
  }
}

async function dropSchemas(prefix: string): Promise<void> {
  const connection = await createConnection(database.url);
  try {
    const [schemas] = await connection.query<RowDataPacket[]>('SHOW DATABASES LIKE ?', [
      `${prefix.replaceAll('_', '\\_')}%`,
    ]);
    for (const schema of schemas) await connection.query('DROP DATABASE ??', [Object.values(schema)[0]]);
  } finally {
    await connection.end();
  }
}

async function deleteKeys(prefix: string): Promise<void> {
  const client = new Redis(redis.url);
  try {
    for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1_000 }))
      if (keys.length > 0) await client.unlink(keys);
  } finally {
    client.disconnect();
  }
}
