import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { pino } from 'pino';
import type { MigrationInterface } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openMemoryLog } from '../events/memory.ts';
import { Note, Notes1700000000000, writeNote } from '../testing/notes.ts';
import { openProxy, type ServerProxy } from '../testing/proxy.ts';
import type { Database } from './database.ts';
import { targetOf } from './mysql.connection.ts';
import { openDatabase } from './open.ts';

const logger = pino({ level: 'silent' });
const servers = backends.find(({ name }) => !name.startsWith('SQLite'));

describe.skipIf(!servers)('MySQL or MariaDB', () => {
  let backend: OpenBackend;
  let proxy: ServerProxy;
  let database: Database;
  const opened = (settings: { databaseUrl: string; databaseReadUrl?: string }): Promise<Database> =>
    openDatabase({
      name: 'notes',
      entities: [Note],
      migrations: [Notes1700000000000],
      settings: { dataDir: '', ...settings },
      destination: openMemoryLog({ logger }),
      logger,
    });
  const direct = (): string => backend.settings.DATABASE_URL ?? '';
  const bump = (through: Database, ...ids: string[]): Promise<void> =>
    through.write(async (tx) => {
      for (const id of ids) await tx.manager.increment(Note, { id }, 'count', 1);
    });
  const countOf = async (id: string): Promise<number | undefined> =>
    (await database.reader.findOneBy(Note, { id }))?.count;

  beforeEach(async () => {
    if (!servers) throw new Error('No server.');
    backend = await servers.open();
    proxy = await openProxy(direct());
    database = await opened({ databaseUrl: proxy.url });
    await database.write(async (tx) => {
      for (const id of ['a', 'b']) await writeNote(tx, { id });
    });
  });
  afterEach(async () => {
    proxy.restore();
    await database.close();
    await proxy[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  it('runs the loser of a deadlock again', async () => {
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const runs = vi.fn();
    const crossing = (self: 0 | 1, first: string, second: string): Promise<void> =>
      database.write(async (tx) => {
        runs();
        await tx.manager.increment(Note, { id: first }, 'count', 1);
        both[self].resolve();
        await both[1 - self]?.promise;
        await tx.manager.increment(Note, { id: second }, 'count', 1);
      });
    await Promise.all([crossing(0, 'a', 'b'), crossing(1, 'b', 'a')]);
    expect(runs).toHaveBeenCalledTimes(3);
    expect([await countOf('a'), await countOf('b')]).toEqual([2, 2]);
  });

  it('comes back by itself after the server was away', async () => {
    proxy.cut();
    await expect(database.reader.find(Note)).rejects.toThrow();
    await expect(database.ping()).rejects.toThrow();
    await expect(bump(database, 'a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    proxy.restore();
    await bump(database, 'a');
    await database.ping();
    expect(await countOf('a')).toBe(1);
  });

  it('writes once where the connection breaks before the commit', async () => {
    const runs = vi.fn();
    await database.write(async (tx) => {
      await tx.manager.increment(Note, { id: 'a' }, 'count', 1);
      runs();
      if (runs.mock.calls.length === 1) proxy.cut();
      proxy.restore();
      await tx.manager.increment(Note, { id: 'b' }, 'count', 1);
    });
    expect(runs).toHaveBeenCalledTimes(2);
    expect([await countOf('a'), await countOf('b')]).toEqual([1, 1]);
  });

  it('does not try again where the connection breaks at the commit', async () => {
    const runs = vi.fn();
    const write = database.write(async (tx) => {
      runs();
      await tx.manager.increment(Note, { id: 'a' }, 'count', 1);
      proxy.cut();
    });
    await expect(write).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(runs).toHaveBeenCalledTimes(1);
  });

  it('lets as many writes read aside as there are', async () => {
    const reading = Array.from({ length: 30 }, () =>
      database.write(async (tx) => {
        await tx.manager.increment(Note, { id: 'a' }, 'count', 1);
        await database.reader.countBy(Note, { id: 'a' });
      }),
    );
    await Promise.all(reading);
    expect(await countOf('a')).toBe(30);
  });

  it('reads what the holder of a lock left', async () => {
    const locked = Promise.withResolvers<void>();
    const first = database.write(async (tx) => {
      await tx.manager.increment(Note, { id: 'a' }, 'count', 1);
      locked.resolve();
      await tx.manager.query('SELECT 1');
    });
    await locked.promise;
    const seen = await database.write(async (tx) => {
      await tx.manager.count(Note);
      await tx.manager.findOne(Note, { where: { id: 'a' }, lock: { mode: 'pessimistic_write' } });
      return (await tx.manager.findOneByOrFail(Note, { id: 'a' })).count;
    });
    await first;
    expect(seen).toBe(1);
  });

  it('refuses a text that is too long for its column', async () => {
    await expect(database.write((tx) => writeNote(tx, { id: 'c', text: 'x'.repeat(201) }))).rejects.toThrow('text');
  });

  it('reads from the replica where there is one', async () => {
    const replicated = await opened({ databaseUrl: direct(), databaseReadUrl: proxy.url });
    expect(await replicated.reader.countBy(Note, { id: 'a' })).toBe(1);
    proxy.cut();
    await expect(replicated.reader.countBy(Note, { id: 'a' })).rejects.toThrow();
    await bump(replicated, 'a');
    proxy.restore();
    expect(await countOf('a')).toBe(1);
    await replicated.close();
  });

  it('leaves nothing locked or open behind where a migration fails', async () => {
    class Failing1800000000000 implements MigrationInterface {
      readonly name = 'Failing1800000000000';
      up(): Promise<void> {
        return Promise.reject(new Error('Cannot migrate.'));
      }
      down(): Promise<void> {
        return Promise.resolve();
      }
    }
    const failing = openDatabase({
      name: 'notes',
      entities: [Note],
      migrations: [Notes1700000000000, Failing1800000000000],
      settings: { dataDir: '', databaseUrl: direct() },
      destination: openMemoryLog({ logger }),
      logger,
    });
    await expect(failing).rejects.toThrow('Cannot migrate.');
    const again = await opened({ databaseUrl: direct() });
    await again.close();
    const { database: schema, user, password, host, port } = targetOf(direct(), 'notes');
    const admin = await createConnection({ host, port, user, password });
    const connections = async (): Promise<number> => {
      const [rows] = await admin.query<RowDataPacket[]>(
        'SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE DB = ? AND HOST NOT IN (?)',
        [
          schema,
          proxy
            .addresses()
            .map((address) => address.replace('127.0.0.1', 'localhost'))
            .concat(proxy.addresses()),
        ],
      );
      return Number(rows[0]?.n);
    };
    await expect.poll(connections).toBe(0);
    await admin.end();
  });
});

describe('the URL of a database', () => {
  it.each([
    ['mysql://u:p%40ss@db:3307/app', { host: 'db', port: 3307, user: 'u', password: 'p@ss', database: 'app_notes' }],
    ['mysql://root@db/app', { host: 'db', port: 3306, user: 'root', password: '', database: 'app_notes' }],
    ['mysql://root@db', { database: 'kopru_notes', ssl: undefined }],
    ['mariadb://root@db/app?ssl=true', { database: 'app_notes', ssl: { rejectUnauthorized: true } }],
  ])('%s', (url, target) => {
    expect(targetOf(url, 'notes')).toMatchObject(target);
  });
});
