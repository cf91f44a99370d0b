import type { PoolConnection } from 'mysql2';
import { DataSource, type EntityManager } from 'typeorm';
import { unavailable } from '../errors.ts';
import { MysqlOutbox } from '../events/outbox.mysql.ts';
import type { Logger } from '../logger.ts';
import type { Engine, EntityClass, MigrationClass } from './engine.ts';
import { sourceOptions, startTimeout, type Target, targetOf, withSchema } from './mysql.connection.ts';
import { isConflict, isConnectionLoss, isOutage, type Place, startError } from './mysql.failures.ts';
import { type PoolUse, poolFactory } from './mysql.pool.ts';
import { driverCode, patiently } from './patience.ts';
import { enterTransaction, reportingOutages } from './runner.ts';
import type { Statements } from './statements.ts';

type Kind = 'mysql' | 'mariadb';

export interface MysqlOptions {
  readonly name: string;
  readonly url: string;
  readonly readUrl: string | undefined;
  /** How long the server may keep a statement waiting, in milliseconds; 10,000 unless told. */
  readonly silence?: number | undefined;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  readonly statements: Statements;
  readonly logger: Logger;
}

const poolSize = 10;
/** How long a server may take to say goodbye, in milliseconds. */
const farewell = 1_000;
/** A lock is waited for half as long. */
const usualSilence = 10_000;

/**
 * Writes, reads and the relay have a pool each: a write that reads aside would otherwise wait for a connection while
 * it holds one, and so could all of them.
 */
export async function openMysql(options: MysqlOptions): Promise<Engine> {
  const { name, url, readUrl, entities, migrations, statements, logger, silence = usualSilence } = options;
  const target = targetOf(url, name);
  const place = { ...target, setting: 'DATABASE_URL' };
  const readTarget = readUrl === undefined ? target : targetOf(readUrl, name);
  const readPlace = readUrl === undefined ? place : { ...readTarget, setting: 'DATABASE_READ_URL' };
  const sources: DataSource[] = [];
  const pools: Record<string, PoolUse> = {};
  const open = async (type: Kind, at: Target, size: number, pool?: string): Promise<DataSource> => {
    const createPool = poolFactory(pool ? silence : 0, (use) => {
      if (pool) pools[pool] = use;
    });
    const source = new DataSource({
      type,
      ...sourceOptions(at, size, createPool),
      entities: [...entities],
      migrations: [...migrations],
      ...(pool === 'relay' ? { logging: false } : { logger: statements }),
    });
    await source.initialize();
    sources.push(source);
    return source;
  };
  const close = async (): Promise<void> => {
    // A server that does not answer does not answer a farewell either.
    const late = setTimeout(() => {
      for (const pool of Object.values(pools)) pool.cut();
    }, farewell);
    await Promise.all(sources.splice(0).map((source) => source.destroy())).finally(() => clearTimeout(late));
  };
  const migrate = async (type: Kind): Promise<void> => {
    // Unwatched: a change of a large table may be silent for long.
    const source = await open(type, target, 1);
    await source.runMigrations({ transaction: 'each' });
    // Somebody who may only read would get this far, as would anybody at a replica.
    await source.query('DELETE FROM outbox WHERE sequence < 0');
    await close();
  };
  const opened = async () => {
    const writing = withSchema(target, logger, async (type) => {
      await migrate(type);
      return { type, writer: await open(type, target, poolSize, 'write'), relay: await open(type, target, 2, 'relay') };
    });
    const { type, writer, relay } = await writing.catch(sayWhere(place));
    const reading = patiently(
      () => open(type, readTarget, poolSize, 'read'),
      // A new schema takes a while to reach a replica.
      (error) => isConnectionLoss(error) || driverCode(error) === 'ER_BAD_DB_ERROR',
      startTimeout,
      (error) => logger.warn({ err: error }, 'the database that is read from does not answer yet'),
    );
    return { writer, relay, reader: await reading.catch(sayWhere(readPlace)) };
  };
  const { writer, reader, relay } = await opened().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    dialect: 'mysql',
    reader: reportingOutages(reader, isOutage).manager,
    outbox: new MysqlOutbox(relay.manager, (work) => transaction(relay, work)),
    pools,
    transaction: (work) => transaction(writer, work),
    mayRetry: (error) => isConflict(error) || isConnectionLoss(error),
    isOutage,
    ping: async () => {
      await Promise.all([writer.query('SELECT 1'), reader.query('SELECT 1')]);
    },
    close,
  };
}

/** Throws what keeps a service from starting with the setting that leads there. */
const sayWhere =
  (place: Place) =>
  (error: unknown): never => {
    throw startError(error, place);
  };

async function transaction<T>(source: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  const connection: PoolConnection = await runner.connect();
  const run = (sql: string): Promise<unknown> => connection.promise().query(sql);
  const leave = enterTransaction(runner);
  let committing = false;
  try {
    await run('START TRANSACTION');
    const result = await work(runner.manager);
    await leave();
    committing = true;
    await run('COMMIT');
    connection.release();
    return result;
  } catch (error) {
    await leave();
    await run('ROLLBACK').then(
      () => connection.release(),
      // Closing it rolls back as well.
      () => connection.destroy(),
    );
    if (committing && isConnectionLoss(error))
      throw unavailable(
        'The database went away during the commit; whether it took place is not known.',
        error as Error,
      );
    throw error;
  }
}
