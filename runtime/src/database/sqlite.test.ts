import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMemoryLog } from '../events/memory.ts';
import { Note, Notes1700000000000, writeNote } from '../testing/notes.ts';
import type { Database } from './database.ts';
import { SqliteConnection } from './libsql.ts';
import { openDatabase } from './open.ts';

const logger = pino({ level: 'silent' });
const run = promisify(execFile);

class AddColour1800000000000 implements MigrationInterface {
  readonly name = 'AddColour1800000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('note', new TableColumn({ name: 'colour', type: 'varchar', isNullable: true }));
    await runner.query("INSERT INTO note (id, text, writtenAt, count) VALUES ('migrated', '', '2020-01-01', 0)");
    throw new Error('Cannot migrate.');
  }
  down(): Promise<void> {
    return Promise.resolve();
  }
}

describe('SQLite', () => {
  let folder: string;
  let database: Database;
  const opened = (migrations: (new () => MigrationInterface)[] = [], data = 'data'): Promise<Database> =>
    openDatabase({
      name: 'notes',
      entities: [Note],
      migrations: [Notes1700000000000, ...migrations],
      settings: { dataDir: join(folder, data) },
      destination: openMemoryLog({ logger }),
      logger,
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kopru-sqlite-'));
    database = await opened();
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps what was written after it is opened again', async () => {
    await database.write((tx) => writeNote(tx, { id: 'a' }));
    await database.close();
    database = await opened();
    expect(await database.reader.countBy(Note, { id: 'a' })).toBe(1);
  });

  it('lets nobody write by the reader', async () => {
    await expect(database.reader.delete(Note, { id: 'a' })).rejects.toThrow('readonly');
  });

  it('undoes a migration that fails, as a whole', async () => {
    await expect(opened([AddColour1800000000000])).rejects.toThrow('Cannot migrate.');
    const columns: { name: string }[] = await database.reader.query('SELECT name FROM pragma_table_info(?)', ['note']);
    expect(columns.map(({ name }) => name)).toEqual(['id', 'text', 'writtenAt', 'count']);
    expect(await database.reader.count(Note)).toBe(0);
    await database.write((tx) => writeNote(tx, { id: 'a' }));
  });

  it('waits for another process that writes', async () => {
    const other = new SqliteConnection(join(folder, 'data', 'notes.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    const write = database.write((tx) => writeNote(tx, { id: 'a' }));
    expect(await database.reader.count(Note)).toBe(0);
    other.exec('COMMIT');
    other.close();
    await write;
    expect(await database.reader.count(Note)).toBe(1);
  });

  it('says that there is no room, and goes on when there is', async () => {
    const limit = (pages: number) => database.write((tx) => tx.manager.query(`PRAGMA max_page_count = ${pages}`));
    const fill = () =>
      database.write(async (tx) => {
        for (let id = 0; id < 200; id++) await writeNote(tx, { id: `${id}`, text: 'x'.repeat(200) });
      });
    await limit(1);
    await expect(fill()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await database.reader.count(Note)).toBe(0);
    await limit(100_000);
    await fill();
    expect(await database.reader.count(Note)).toBe(200);
  });

  it('says which folder holds a file that is no database', async () => {
    await mkdir(join(folder, 'other'));
    await writeFile(join(folder, 'other', 'notes.sqlite'), 'nonsense'.repeat(1_000));
    await expect(opened([], 'other')).rejects.toThrow(/^DATA_DIR is "[^"]+", which holds a database that is damaged/);
  });

  it('binds only what SQLite can store', () => {
    const connection = new SqliteConnection(':memory:');
    const bound = (...values: unknown[]): unknown =>
      connection
        .prepare(`SELECT ${values.map((_, index) => `? AS v${index}, typeof(?) AS t${index}`)}`)
        .all(...values.flatMap((value) => [value, value]));
    expect(bound(1, 1.5, true, null, 'ı', new Date(0), Buffer.from([1, 2]))).toEqual([
      {
        ...{ v0: 1, t0: 'integer', v1: 1.5, t1: 'real', v2: 1, t2: 'integer', v3: null, t3: 'null' },
        ...{ v4: 'ı', t4: 'text', v5: '1970-01-01 00:00:00.000', t5: 'text', v6: Buffer.from([1, 2]), t6: 'blob' },
      },
    ]);
    expect(() => bound({ a: 1 })).toThrow(TypeError);
    connection.close();
  });

  it('serves processes that start on a new file at the same moment', { timeout: 60_000 }, async () => {
    const script = join(folder, 'start.mts');
    const module = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
    await writeFile(
      script,
      `import { openDatabase } from ${module('./open.ts')};
       import { openMemoryLog } from ${module('../events/memory.ts')};
       import { Note, Notes1700000000000, writeNote } from ${module('../testing/notes.ts')};
       const logger = { info() {}, warn: console.error, error: console.error };
       const database = await openDatabase({
         name: 'new', entities: [Note], migrations: [Notes1700000000000], settings: { dataDir: process.argv[2] },
         destination: openMemoryLog({ logger }), logger,
       });
       for (let n = 0; n < 25; n++) await database.write((tx) => writeNote(tx, { id: process.argv[3] + n }));
       await database.close();`,
    );
    const start = (name: string) => run(process.execPath, ['--import', 'tsx', script, join(folder, 'two'), name]);
    await Promise.all(['a', 'b'].map(start));
    const result = await openDatabase({
      name: 'new',
      entities: [Note],
      migrations: [Notes1700000000000],
      settings: { dataDir: join(folder, 'two') },
      destination: openMemoryLog({ logger }),
      logger,
    });
    expect(await result.reader.count(Note)).toBe(50);
    await result.close();
  });
});
