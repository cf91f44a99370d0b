import mysql from 'mysql2';
import { type Connection, createConnection } from 'mysql2/promise';
import { unavailable } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { isConnectionLoss } from './mysql.failures.ts';
import type { poolFactory } from './mysql.pool.ts';
import { patiently } from './patience.ts';

/** How long a server may take to appear at start, in milliseconds. */
export const startTimeout = 30_000;
const connectTimeout = 5_000;
/** How long another process may take to migrate, in seconds. */
const lockTimeout = 300;

/** A server and a schema on it. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl: { readonly rejectUnauthorized: boolean } | undefined;
}

/** `mysql://user:password@host:port/prefix`, with `?ssl=true` for TLS; the schema is `<prefix>_<name>`. */
export function targetOf(url: string, name: string): Target {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: `${decodeURIComponent(pathname.slice(1)) || 'kopru'}_${name}`,
    ssl: searchParams.get('ssl') === 'true' ? { rejectUnauthorized: true } : undefined,
  };
}

/**
 * Makes the schema if there is none, and runs `work` while no other process does so for the same schema.
 * `work` is told which of the two kinds of server it is.
 */
export async function withSchema<T>(
  target: Target,
  logger: Logger,
  work: (kind: 'mysql' | 'mariadb') => Promise<T>,
): Promise<T> {
  const { database, ssl, ...server } = target;
  const options = { ...server, connectTimeout, ...(ssl && { ssl }) };
  const waiting = (error: unknown): void => logger.warn({ err: error }, 'the database does not answer yet');
  const connection = await patiently(() => createConnection(options), isConnectionLoss, startTimeout, waiting);
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const [{ version } = { version: '' }] = rows as { version: string }[];
    const kind = version.includes('MariaDB') ? 'mariadb' : 'mysql';
    const [found] = await connection.query('SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?', [
      database,
    ]);
    if ((found as unknown[]).length === 0) {
      // Compares as SQLite does: byte for byte, trailing spaces included.
      const collation = kind === 'mariadb' ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
      await connection.query(`CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE ${collation}`, [database]);
    }
    if (!(await lock(connection, database, 0))) {
      logger.info({ schema: database }, 'another process is bringing the schema up to date; waiting for it');
      if (!(await lock(connection, database, lockTimeout)))
        throw unavailable(`Another process has been migrating ${database} for ${lockTimeout} s.`);
    }
    return await work(kind);
  } finally {
    connection.destroy();
  }
}

/** Held by the connection alone, so it goes with the process. */
async function lock(connection: Connection, database: string, seconds: number): Promise<boolean> {
  // A name has at most 64 characters.
  const [locked] = await connection.query('SELECT GET_LOCK(MD5(?), ?) AS locked', [`migrate ${database}`, seconds]);
  return (locked as { locked: number | null }[])[0]?.locked === 1;
}

/** The options of a TypeORM data source for `target`; `poolSize` connections at most, from a pool that `createPool` makes. */
export function sourceOptions(
  { user, ssl, ...target }: Target,
  poolSize: number,
  createPool: ReturnType<typeof poolFactory>,
) {
  return {
    ...target,
    username: user,
    ...(ssl && { ssl }),
    driver: { ...mysql, createPool },
    charset: 'UTF8MB4_BIN',
    timezone: 'Z',
    connectTimeout,
    poolSize,
    // Otherwise each statement pays for a stack trace that only its error would show, and TypeORM gives that one of its own.
    extra: { resetOnRelease: false, maxIdle: poolSize, trace: false },
  };
}
