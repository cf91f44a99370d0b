import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { pino } from 'pino';
import type { MigrationInterface } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigError } from '../config.ts';
import { openMemoryLog } from '../events/memory.ts';
import { Note, Notes1700000000000, writeNote } from '../testing/notes.ts';
import { openProxy, type ServerProxy } from '../testing/proxy.ts';
import type { Database } from './database.ts';
import { targetOf } from './mysql.connection.ts';
import { startError } from './mysql.failures.ts';
import { openDatabase } from './open.ts';

const logger = pino({ level: 'silent' });
const servers = backends.find(({ name }) => !name.startsWith('SQLite'));

describe.skipIf(!servers)('MySQL or MariaDB', () => {
  let backend: OpenBackend;
  let proxy: ServerProxy;
  let database: Database;
  const opened = (settings: {
    databaseUrl: string;
    databaseReadUrl?: string;
    databaseSilence?: number;
  }): Promise<Database> =>
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
    await expect(database.reader.find(Note)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(database.reader.query('SELECT 1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(database.ping()).rejects.toThrow();
    await expect(bump(database, 'a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    proxy.restore();
    await bump(database, 'a');
    await database.ping();
    expect(await countOf('a')).toBe(1);
  });

  it('takes a server that says nothing any more for gone', async () => {
    await using way = await openProxy(direct());
    const impatient = await opened({ databaseUrl: way.url, databaseSilence: 200 });
    await impatient.reader.count(Note);
    way.freeze();
    await expect(impatient.reader.count(Note)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await bump(impatient, 'a');
    expect(await impatient.reader.countBy(Note, { id: 'a', count: 1 })).toBe(1);
    way.freeze();
    await impatient.close();
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
    await expect(replicated.reader.countBy(Note, { id: 'a' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await bump(replicated, 'a');
    proxy.restore();
    expect(await countOf('a')).toBe(1);
    await replicated.close();
  });

  it('waits for a server that is still starting, and says so', async () => {
    const warn = vi.spyOn(logger, 'warn');
    proxy.cut();
    const opening = opened({ databaseUrl: proxy.url });
    await expect.poll(() => warn.mock.calls.map(([, text]) => text)).toContain('the database does not answer yet');
    proxy.restore();
    await (await opening).close();
    warn.mockRestore();
  });

  it('is refused in a sentence, without the password, where it does not let us in', async () => {
    const url = new URL(direct());
    url.username = 'nobody_here';
    url.password = 'wrong-password';
    const opening = opened({ databaseUrl: url.href });
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(
      /^DATABASE_URL leads to [^@]+, which does not let "nobody_here" in: the name or the password is wrong\.$/,
    );
    await expect(opening).rejects.not.toThrow('wrong-password');
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

describe('a start that fails', () => {
  const place = { setting: 'DATABASE_URL', host: 'db', port: 3306, user: 'ada', database: 'kopru_notes' };
  it.each([
    ['ECONNREFUSED', 'UNAVAILABLE', 'DATABASE_URL leads to db:3306, where no database answers: said.'],
    ['ER_CON_COUNT_ERROR', 'UNAVAILABLE', 'DATABASE_URL leads to db:3306, where no database answers: said.'],
    [
      'ER_ACCESS_DENIED_ERROR',
      undefined,
      'DATABASE_URL leads to db:3306, which does not let "ada" in: the name or the password is wrong.',
    ],
    [
      'ER_TABLEACCESS_DENIED_ERROR',
      undefined,
      'DATABASE_URL leads to db:3306, where the user lacks rights on the schema kopru_notes: said.',
    ],
    ['ER_OPTION_PREVENTS_STATEMENT', undefined, 'DATABASE_URL leads to db:3306, which cannot be written to: said.'],
    ['ER_WRONG_DB_NAME', undefined, 'DATABASE_URL makes kopru_notes the name of a schema, which it cannot be: said.'],
    ['HANDSHAKE_NO_SSL_SUPPORT', undefined, 'DATABASE_URL leads to db:3306, with which TLS cannot be spoken: said.'],
  ])('for %s says which setting leads where', (code, outcome, message) => {
    expect(startError(Object.assign(new Error('said'), { code }), place)).toMatchObject({
      message,
      ...(outcome ? { code: outcome } : { name: 'ConfigError' }),
    });
  });

  it('for anything else stays as it is', () => {
    const error = new Error('Cannot migrate.');
    expect(startError(error, place)).toBe(error);
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
