import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DataSource, type QueryRunner } from 'typeorm';
import { SqliteOutbox } from '../events/outbox.sqlite.ts';
import type { Engine, EntityClass, MigrationClass } from './engine.ts';
import { SqliteConnection } from './libsql.ts';
import { Mutex } from './mutex.ts';
import type { Statements } from './statements.ts';

export interface SqliteOptions {
  readonly file: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  readonly statements: Statements;
}

/** How long to wait for another process that has the file, in milliseconds. */
const busyTimeout = 2_000;
const startTimeout = 60_000;

/**
 * One file, one connection that writes and one that reads. All that writes goes through a mutex, since statements of
 * anybody on the writer's connection would become part of the transaction that happens to be open there.
 */
export async function openSqlite({ file, entities, migrations, statements }: SqliteOptions): Promise<Engine> {
  await mkdir(dirname(file), { recursive: true });
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
        for (const pragma of pragmas) await patiently(() => opened.pragma(pragma));
      },
      ...(quiet ? { logging: false } : { logger: statements, logging: ['query', 'warn', 'migration'] }),
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
    reader: reader.source.manager,
    outbox: new SqliteOutbox(relay.source.manager, mutex),
    transaction: (work) => mutex.run(() => transaction(writer, work)),
    mayRetry: isBusy,
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

async function transaction<T>(
  { source, connection }: Side,
  work: (manager: QueryRunner['manager']) => Promise<T>,
): Promise<T> {
  const runner = freshRunner(source);
  await patiently(() => connection.exec('BEGIN IMMEDIATE'), busyTimeout);
  // So that a transaction inside becomes a savepoint.
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
  try {
    const result = await work(runner.manager);
    seal(runner);
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    seal(runner);
    // A full disk, for one, has rolled back already.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

/** TypeORM keeps one runner for all; with one of its own, a transaction cannot be joined by what another left behind. */
function freshRunner(source: DataSource): QueryRunner {
  delete (source.driver as { queryRunner?: QueryRunner }).queryRunner;
  return source.createQueryRunner();
}

/** From here on the runner refuses statements: none may slip in after the commit, where each would commit by itself. */
function seal(runner: QueryRunner): void {
  (runner as { isReleased: boolean }).isReleased = true;
}

async function migrate(side: Side): Promise<void> {
  const { source, connection } = side;
  // TypeORM alters a table by making it anew; with keys enforced, that would delete what refers to it. Not to be changed inside a transaction.
  connection.pragma('foreign_keys = OFF');
  connection.pragma('busy_timeout = 0');
  await patiently(() => connection.exec('BEGIN IMMEDIATE'));
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
    connection.pragma(`busy_timeout = ${busyTimeout}`);
  }
}

/** Repeats `attempt` while another process has the file, without blocking this one. */
async function patiently<T>(attempt: () => T, timeout = startTimeout): Promise<T> {
  for (const deadline = Date.now() + timeout; ; ) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      await wait(10 + Math.random() * 20);
    }
  }
}

function isBusy(error: unknown): boolean {
  const cause = (error as { driverError?: unknown }).driverError ?? error;
  const code = (cause as { code?: unknown }).code;
  return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
}
