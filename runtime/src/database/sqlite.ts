import { dirname } from 'node:path';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { dataDirError, makeFolder } from '../data-dir.ts';
import { SqliteOutbox } from '../events/outbox.sqlite.ts';
import { Mutex } from '../mutex.ts';
import type { Engine, EntityClass, MigrationClass } from './engine.ts';
import { SqliteConnection } from './libsql.ts';
import { driverCode, patiently } from './patience.ts';
import { enterTransaction, reportingOutages } from './runner.ts';
import type { Statements } from './statements.ts';

export interface SqliteOptions {
  readonly file: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  readonly statements: Statements;
}

/** How long to wait for another process that has the file, in milliseconds. */
const patience = 10_000;
const startPatience = 60_000;
/** The same inside SQLite, which blocks this process meanwhile. */
const busyTimeout = 100;

/**
 * One file, one connection that writes and one that reads. All that writes goes through a mutex, since statements of
 * anybody on the writer's connection would become part of the transaction that happens to be open there.
 * @throws ConfigError where the file or its folder cannot be used
 */
export async function openSqlite(options: SqliteOptions): Promise<Engine> {
  const { file } = options;
  try {
    await makeFolder(dirname(file));
    return await openFile(options);
  } catch (error) {
    throw dataDirError((error as { driverError?: unknown }).driverError ?? error, dirname(file));
  }
}

async function openFile({ file, entities, migrations, statements }: SqliteOptions): Promise<Engine> {
  const open = async (pragmas: readonly string[], quiet = false): Promise<Side> => {
    let connection: SqliteConnection | undefined;
    const source = new DataSource({
      type: 'better-sqlite3',
      driver: SqliteConnection,
      database: file,
      entities: [...entities],
      migrations: [...migrations],
      statementCacheSize: 0,
      prepareDatabase: async (opened: SqliteConnection) => {
        connection = opened;
        for (const pragma of pragmas) await patiently(() => opened.pragma(pragma), isBusy, startPatience);
      },
      ...(quiet ? { logging: false } : { logger: statements }),
    });
    await source.initialize();
    if (!connection) throw new Error(`${file} was not opened.`);
    return { source, connection };
  };
  // NORMAL: a commit survives the end of the process, however it ends; a power cut may take the last ones.
  const writing = ['journal_mode = WAL', 'synchronous = NORMAL', `busy_timeout = ${busyTimeout}`];
  const writer = await open(writing);
  await migrate(writer);
  const reader = await open(['query_only = ON', `busy_timeout = ${busyTimeout}`]);
  const relay = await open(writing, true);
  const mutex = new Mutex();
  let closed = false;

  return {
    dialect: 'sqlite',
    reader: reportingOutages(reader.source, isOutage).manager,
    pools: {},
    outbox: new SqliteOutbox(relay.source.manager, mutex),
    transaction: (work) => mutex.run(() => transaction(writer, work)),
    mayRetry: isBusy,
    isOutage,
    ping: async () => {
      await reader.source.query('SELECT 1');
    },
    close: () =>
      mutex.run(async () => {
        if (closed) return;
        closed = true;
        for (const { source } of [relay, reader, writer]) await source.destroy();
      }),
  };
}

interface Side {
  readonly source: DataSource;
  readonly connection: SqliteConnection;
}

async function transaction<T>({ source, connection }: Side, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  await patiently(() => connection.exec('BEGIN IMMEDIATE'), isBusy, patience);
  const runner = freshRunner(source);
  const leave = enterTransaction(runner);
  try {
    const result = await work(runner.manager);
    await leave();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    await leave();
    // A full disk, for one, has rolled back already.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

/** TypeORM keeps one runner for all; with one of its own, a transaction cannot be joined by what another left behind. */
function freshRunner(source: DataSource): QueryRunner {
  Object.assign(source.driver, { queryRunner: undefined });
  return source.createQueryRunner();
}

async function migrate(side: Side): Promise<void> {
  const { source, connection } = side;
  // TypeORM alters a table by making it anew; with keys enforced, that would delete what refers to it. Not to be changed inside a transaction.
  connection.pragma('foreign_keys = OFF');
  await patiently(() => connection.exec('BEGIN IMMEDIATE'), isBusy, startPatience);
  try {
    await source.runMigrations({ transaction: 'none' });
    const broken = connection.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`The migrations leave ${broken.length} rows that refer to nothing.`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

const isBusy = (error: unknown): boolean => driverCode(error).startsWith('SQLITE_BUSY');

/** No room, a disk that fails, or another process that has the file for too long. */
const isOutage = (error: unknown): boolean => /^SQLITE_(FULL|IOERR|CANTOPEN|BUSY)/.test(driverCode(error));
