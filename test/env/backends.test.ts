import { existsSync } from 'node:fs';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { Redis } from 'ioredis';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { describe, expect, test } from 'vitest';
import { eventBackends } from './backends.ts';

describe.each(eventBackends)('$name', ({ open, broker }) => {
  test('two places have nothing in common', async () => {
    await using one = await open();
    await using other = await open();
    expect(one.settings.DATA_DIR).not.toBe(other.settings.DATA_DIR);
    if (one.settings.DATABASE_URL) {
      expect(one.settings.DATABASE_URL).not.toBe(other.settings.DATABASE_URL);
      expect(one.settings.REDIS_PREFIX).not.toBe(other.settings.REDIS_PREFIX);
      expect(one.settings.GATEWAY_EVENTS_CHANNEL).not.toBe(other.settings.GATEWAY_EVENTS_CHANNEL);
    }
    if (broker) expect(one.settings.AMQP_EXCHANGE).not.toBe(other.settings.AMQP_EXCHANGE);
  });

  test('disposing removes the folder, the schemas, the keys and the queues, and nobody else’s', async () => {
    await using neighbour = await open();
    const place = await open();
    await using written = await writeInto(neighbour.settings);
    await using removed = await writeInto(place.settings);
    expect(await removed.remains()).toBe(true);
    await place[Symbol.asyncDispose]();
    expect(await removed.remains()).toBe(false);
    expect(await written.remains()).toBe(true);
  });
});

/** Leaves a schema, a key and a queue where servers are used, and tells whether any of it, or the folder, is still there. */
async function writeInto(settings: Readonly<Record<string, string>>) {
  const { DATA_DIR = '', DATABASE_URL, REDIS_URL, REDIS_PREFIX, AMQP_URL, AMQP_EXCHANGE } = settings;
  if (!DATABASE_URL || !REDIS_URL)
    return { remains: async () => existsSync(DATA_DIR), async [Symbol.asyncDispose]() {} };
  const server = new URL(DATABASE_URL);
  const schema = `${server.pathname.slice(1)}_identity`;
  server.pathname = '/';
  const database = await createConnection(server.href);
  const redis = new Redis(REDIS_URL);
  await database.query('CREATE DATABASE ??', [schema]);
  await redis.set(`${REDIS_PREFIX}key`, 'value');
  const rabbit = AMQP_URL === undefined ? undefined : await connect(AMQP_URL);
  const queue = `${AMQP_EXCHANGE}.kopru`;
  if (rabbit) {
    const channel = await rabbit.createChannel();
    await channel.assertExchange(AMQP_EXCHANGE ?? '', 'topic');
    await channel.assertQueue(queue);
  }
  return {
    async remains() {
      const [schemas] = await database.query<RowDataPacket[]>('SHOW DATABASES LIKE ?', [schema]);
      const left = rabbit !== undefined && (await exists(rabbit, queue, AMQP_EXCHANGE ?? ''));
      return left || schemas.length > 0 || (await redis.exists(`${REDIS_PREFIX}key`)) > 0 || existsSync(DATA_DIR);
    },
    async [Symbol.asyncDispose]() {
      await database.end();
      redis.disconnect();
      await rabbit?.close();
    },
  };
}

/** Whether the queue or the exchange is there. Asking for what is not closes the channel. */
async function exists(rabbit: ChannelModel, queue: string, exchange: string): Promise<boolean> {
  const ask = async (question: (channel: Channel) => Promise<unknown>): Promise<boolean> => {
    const channel = await rabbit.createChannel();
    channel.on('error', () => undefined);
    return question(channel).then(
      () => true,
      () => false,
    );
  };
  return (await ask((channel) => channel.checkQueue(queue))) || ask((channel) => channel.checkExchange(exchange));
}
