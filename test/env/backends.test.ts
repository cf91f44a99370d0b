import { existsSync } from 'node:fs';
import { Redis } from 'ioredis';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { describe, expect, test } from 'vitest';
import { backends } from './backends.ts';

describe.each(backends)('$name', ({ open }) => {
  test('two places have nothing in common', async () => {
    await using one = await open();
    await using other = await open();
    expect(one.settings.DATA_DIR).not.toBe(other.settings.DATA_DIR);
    if (one.settings.DATABASE_URL) {
      expect(one.settings.DATABASE_URL).not.toBe(other.settings.DATABASE_URL);
      expect(one.settings.REDIS_PREFIX).not.toBe(other.settings.REDIS_PREFIX);
    }
  });

  test('disposing removes the folder, the schemas and the keys, and nobody else’s', async () => {
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

/** Leaves a schema and a key where servers are used, and tells whether any of it, or the folder, is still there. */
async function writeInto({ DATA_DIR = '', DATABASE_URL, REDIS_URL, REDIS_PREFIX }: Readonly<Record<string, string>>) {
  if (!DATABASE_URL || !REDIS_URL)
    return { remains: async () => existsSync(DATA_DIR), async [Symbol.asyncDispose]() {} };
  const server = new URL(DATABASE_URL);
  const schema = `${server.pathname.slice(1)}_identity`;
  server.pathname = '/';
  const database = await createConnection(server.href);
  const redis = new Redis(REDIS_URL);
  await database.query('CREATE DATABASE ??', [schema]);
  await redis.set(`${REDIS_PREFIX}key`, 'value');
  return {
    async remains() {
      const [schemas] = await database.query<RowDataPacket[]>('SHOW DATABASES LIKE ?', [schema]);
      return schemas.length > 0 || (await redis.exists(`${REDIS_PREFIX}key`)) > 0 || existsSync(DATA_DIR);
    },
    async [Symbol.asyncDispose]() {
      await database.end();
      redis.disconnect();
    },
  };
}
