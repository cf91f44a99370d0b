import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { pino } from 'pino';
import { LessThan } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askedFor } from '../abandoned.ts';
import { openMemoryLog } from '../events/memory.ts';
import { Note, Notes1700000000000, noted, writeNote } from '../testing/notes.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open.ts';

const logger = pino({ level: 'silent' });

describe.each(backends)('a database on $name', ({ open }) => {
  let backend: OpenBackend;
  let database: Database;
  const log = openMemoryLog({ logger });
  const opened = (): Promise<Database> =>
    openDatabase({
      name: 'notes',
      entities: [Note],
      migrations: [Notes1700000000000],
      settings: { dataDir: backend.settings.DATA_DIR ?? '', databaseUrl: backend.settings.DATABASE_URL },
      destination: log,
      logger,
    });
  const ids = async (): Promise<string[]> =>
    (await database.reader.find(Note, { order: { id: 'ASC' } })).map(({ id }) => id);

  beforeEach(async () => {
    backend = await open();
    database = await opened();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await database.close();
    await backend[Symbol.asyncDispose]();
  });

  it('writes nothing for somebody who has gone', async () => {
    const gone = new AbortController();
    const write = askedFor(gone.signal, () =>
      database.write(async (tx) => {
        await writeNote(tx, { id: 'a' });
        gone.abort();
      }),
    );
    await expect(write).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const again = askedFor(gone.signal, () => database.write((tx) => writeNote(tx, { id: 'a' })));
    await expect(again).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await database.reader.count(Note)).toBe(0);
  });

  it('rolls a failing write back as a whole', async () => {
    const failing = database.write(async (tx) => {
      await writeNote(tx, { id: 'a' });
      await writeNote(tx, { id: 'b' });
      throw new Error('No.');
    });
    await expect(failing).rejects.toThrow('No.');
    expect(await ids()).toEqual([]);
    await database.write((tx) => writeNote(tx, { id: 'c' }));
    expect(await ids()).toEqual(['c']);
  });

  it('keeps every write apart from the others that are open', async () => {
    const halfway = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const failing = database.write(async (tx) => {
      await writeNote(tx, { id: 'rolled-back' });
      halfway.resolve();
      await goOn.promise;
      throw new Error('No.');
    });
    await halfway.promise;
    const others = ['x', 'y', 'z'].map((id) => database.write((tx) => writeNote(tx, { id })));
    goOn.resolve();
    await expect(failing).rejects.toThrow('No.');
    await Promise.all(others);
    expect(await ids()).toEqual(['x', 'y', 'z']);
  });

  it('shows readers nothing that is not committed', async () => {
    await database.write(async (tx) => {
      await writeNote(tx, { id: 'a' });
      expect(await tx.manager.count(Note)).toBe(1);
      expect(await ids()).toEqual([]);
    });
    expect(await ids()).toEqual(['a']);
  });

  it('refuses what a failed write left running', async () => {
    const failed = Promise.withResolvers<void>();
    let straggler: Promise<void> | undefined;
    const failing = database.write(async (tx) => {
      straggler = failed.promise.then(() => writeNote(tx, { id: 'late' }));
      await Promise.all([
        writeNote(tx, { id: 'a' }).then(() => Promise.reject(new Error('No.'))),
        // Keeps statements coming around the moment of the rollback.
        ...Array.from({ length: 20 }, async (_, turn) => {
          for (let tick = 0; tick < turn; tick++) await Promise.resolve();
          await writeNote(tx, { id: `b${turn}` });
        }),
      ]);
    });
    await expect(failing).rejects.toThrow('No.');
    failed.resolve();
    await expect(straggler).rejects.toThrow();
    await database.write((tx) => writeNote(tx, { id: 'c' }));
    expect(await ids()).toEqual(['c']);
  });

  it('makes a transaction inside a write a part of it', async () => {
    await database.write(async (tx) => {
      await writeNote(tx, { id: 'a' });
      const inner = tx.manager.transaction(async (manager) => {
        await manager.update(Note, { id: 'a' }, { text: 'changed' });
        throw new Error('Only this.');
      });
      await expect(inner).rejects.toThrow('Only this.');
    });
    expect(await database.reader.findOneByOrFail(Note, { id: 'a' })).toMatchObject({ text: '' });
  });

  it('refuses a write inside a write, and allows one after', async () => {
    await expect(database.write(() => database.write(async () => undefined))).rejects.toThrow('inside write()');
    await database.write(async (tx) => writeNote(tx, { id: 'a' })).then(() => database.write(async () => undefined));
    expect(await ids()).toEqual(['a']);
  });

  it.each(['UTC', 'Europe/Istanbul', 'America/St_Johns'])(
    'stores and compares moments to the millisecond in %s',
    async (zone) => {
      vi.stubEnv('TZ', zone);
      const offset = { UTC: 0, 'Europe/Istanbul': -180, 'America/St_Johns': 210 }[zone];
      expect(new Date('2024-01-01').getTimezoneOffset()).toBe(offset);
      const moments = ['1999-12-31T23:59:59.999Z', '2024-03-31T01:30:00.001Z', '2024-10-27T01:30:00.120Z'];
      await database.write(async (tx) => {
        for (const moment of moments) await writeNote(tx, { id: moment, writtenAt: new Date(moment) });
      });
      const [raw]: { stored: string }[] = await database.reader.query(
        backend.settings.DATABASE_URL
          ? "SELECT DATE_FORMAT(MIN(writtenAt), '%Y-%m-%d %H:%i:%s.%f') AS stored FROM note"
          : 'SELECT MIN(writtenAt) AS stored FROM note',
      );
      expect(raw?.stored).toMatch(/^1999-12-31 23:59:59\.999/);
      const notes = await database.reader.find(Note, { order: { writtenAt: 'ASC' } });
      expect(notes.map(({ writtenAt }) => writtenAt.toISOString())).toEqual(moments);
      const [, second = ''] = moments;
      expect(await database.reader.countBy(Note, { writtenAt: new Date(second) })).toBe(1);
      expect(await database.reader.countBy(Note, { writtenAt: LessThan(new Date(second)) })).toBe(1);
      const built = database.reader.createQueryBuilder(Note, 'note');
      expect(await built.where('note.writtenAt <= :second', { second: new Date(second) }).getCount()).toBe(2);
      const listed = database.reader.createQueryBuilder(Note, 'note');
      expect(
        await listed.where('note.writtenAt IN (:...moments)', { moments: moments.map((m) => new Date(m)) }).getCount(),
      ).toBe(3);
    },
  );

  it('compares text byte for byte', async () => {
    await database.write(async (tx) => {
      for (const id of ['a', 'A', 'á', 'a ', 'ı', 'i']) await writeNote(tx, { id, text: id });
    });
    expect(await ids()).toEqual(['A', 'a', 'a ', 'i', 'á', 'ı']);
    expect(await database.reader.countBy(Note, { text: 'a' })).toBe(1);
  });

  it('binds numbers, nulls and lone parameters as they are', async () => {
    await database.write((tx) => writeNote(tx, { id: '5', text: 'x', count: 5 }));
    const bound = (sql: string, value: unknown): Promise<Record<string, unknown>[]> =>
      database.reader.query(sql, [value]);
    expect(await bound('SELECT id FROM note WHERE count = ?', 5)).toEqual([{ id: '5' }]);
    expect(await bound('SELECT id FROM note WHERE id LIKE ?', 5)).toEqual([{ id: '5' }]);
    expect(await bound('SELECT id FROM note WHERE text = ?', null)).toEqual([]);
    expect(await bound('SELECT id FROM note WHERE writtenAt < ?', new Date(0))).toEqual([]);
  });

  it('migrates once, whoever starts first', async () => {
    const others = await Promise.all([opened(), opened(), opened()]);
    await Promise.all(others.map((other) => other.close()));
    const migrations: { name: string }[] = await database.reader.query('SELECT name FROM migrations ORDER BY id');
    expect(migrations.map(({ name }) => name)).toEqual(['RuntimeOutbox1600000000000', 'Notes1700000000000']);
  });

  it('counts the statements of a piece of work', async () => {
    const statements: string[] = [];
    const stop = database.onStatement((sql) => statements.push(sql.split(' ')[0] ?? ''));
    await database.write(async (tx) => {
      await writeNote(tx, { id: 'a' });
      tx.emit(noted({ id: 'a' }));
    });
    await database.reader.find(Note);
    await database.drained();
    stop();
    await database.reader.find(Note);
    expect(statements).toEqual(['INSERT', 'INSERT', 'SELECT']);
  });

  it('answers a ping until it is closed', async () => {
    await database.ping();
    await database.close();
    await expect(database.ping()).rejects.toThrow();
  });

  it('lets many writes at one row all take effect', async () => {
    await database.write((tx) => writeNote(tx, { id: 'a' }));
    const increment = (): Promise<void> =>
      database.write(async (tx) => {
        await tx.manager.increment(Note, { id: 'a' }, 'count', 1);
      });
    await Promise.all(Array.from({ length: 40 }, increment));
    expect(await database.reader.findOneByOrFail(Note, { id: 'a' })).toMatchObject({ count: 40 });
  });
});
