import type { PoolConnection } from 'mysql2';
import { DataSource, type EntityManager } from 'typeorm';
import { unavailable } from '../errors.ts';
import { MysqlOutbox } from '../events/outbox.mysql.ts';
import type { Engine, EntityClass, MigrationClass } from './engine.ts';
import { isConflict, isConnectionLoss, sourceOptions, type Target, targetOf, withSchema } from './mysql.connection.ts';
import { driverCode, patiently } from './patience.ts';
import { enterTransaction } from './runner.ts';
import type { Statements } from './statements.ts';

export interface MysqlOptions {
  readonly name: string;
  readonly url: string;
  readonly readUrl: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  readonly statements: Statements;
}

const poolSize = 10;
/** How long a new schema may take to reach the replica, in milliseconds. */
const replicaTimeout = 30_000;

/**
 * Writes, reads and the relay have a pool each: a write that reads aside would otherwise wait for a connection while
 * it holds one, and so could all of them.
 */
export async function openMysql({
  name,
  url,
  readUrl,
  entities,
  migrations,
  statements,
}: MysqlOptions): Promise<Engine> {
  const target = targetOf(url, name);
  const sources: DataSource[] = [];
  const open = async (type: 'mysql' | 'mariadb', at: Target, size: number, heard: boolean): Promise<DataSource> => {
    const source = new DataSource({
      type,
      ...sourceOptions(at, size),
      entities: [...entities],
      migrations: [...migrations],
      ...(heard ? { logger: statements } : { logging: false }),
    });
    await source.initialize();
    sources.push(source);
    return source;
  };
  const close = async (): Promise<void> => {
    for (const source of sources.splice(0)) await source.destroy();
  };
  const openAll = async (type: 'mysql' | 'mariadb') => {
    const migrated = await open(type, target, poolSize, true);
    await migrated.runMigrations({ transaction: 'each' });
    const replica = await patiently(
      () => open(type, targetOf(readUrl, name), poolSize, true),
      (error) => driverCode(error) === 'ER_BAD_DB_ERROR',
      replicaTimeout,
    );
    return [migrated, replica, await open(type, target, 2, false)] as const;
  };
  const connected = withSchema(target, openAll, (message) => statements.log('warn', message));
  const [writer, reader, relay] = await connected.catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    dialect: 'mysql',
    reader: reader.manager,
    outbox: new MysqlOutbox(relay.manager, (work) => transaction(relay, work)),
    transaction: (work) => transaction(writer, work),
    mayRetry: (error) => isConflict(error) || isConnectionLoss(error),
    ping: async () => {
      await Promise.all([writer.query('SELECT 1'), reader.query('SELECT 1')]);
    },
    close,
  };
}

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
