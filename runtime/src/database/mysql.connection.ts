import mysql, { type Connection, type PoolConnection } from 'mysql2';
import { type ConnectionOptions, createConnection } from 'mysql2/promise';
import { ConfigError } from '../config.ts';
import { driverCode, patiently } from './patience.ts';

/** How long a server may take to appear at start, in milliseconds. */
const startTimeout = 30_000;
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
 * `work` is told which of the two kinds of server it is; `warn` hears of a server that does not answer yet.
 * @throws ConfigError where none does, or it does not let us in
 */
export async function withSchema<T>(
  target: Target,
  work: (kind: 'mysql' | 'mariadb') => Promise<T>,
  warn: (message: string) => void,
): Promise<T> {
  const { database, ssl, ...server } = target;
  const connection = await reach({ ...server, connectTimeout, ...(ssl && { ssl }) }, warn);
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
    // Held by this connection alone, so it goes with the process. At most 64 characters.
    const [locked] = await connection.query('SELECT GET_LOCK(MD5(?), ?) AS locked', [
      `migrate ${database}`,
      lockTimeout,
    ]);
    if ((locked as { locked: number | null }[])[0]?.locked !== 1)
      throw new Error(`Another process has been migrating ${database} for ${lockTimeout} s.`);
    return await work(kind);
  } finally {
    connection.destroy();
  }
}

/** Waits for a server that is still starting. @throws ConfigError */
async function reach(options: ConnectionOptions, warn: (message: string) => void) {
  const { host, port } = options;
  let waiting = false;
  const passing = (error: unknown): boolean => {
    if (!isConnectionLoss(error)) return false;
    if (!waiting) warn(`${host}:${port} does not answer yet (${driverCode(error)})`);
    waiting = true;
    return true;
  };
  try {
    return await patiently(() => createConnection(options), passing, startTimeout);
  } catch (error) {
    const why = (error as Error).message || driverCode(error);
    throw new ConfigError(`DATABASE_URL leads to ${host}:${port}, which cannot be entered: ${why}.`, { cause: error });
  }
}

/** The options of a TypeORM data source for `target`; `poolSize` connections at most. */
export function sourceOptions({ user, ssl, ...target }: Target, poolSize: number) {
  return {
    ...target,
    username: user,
    ...(ssl && { ssl }),
    driver: { ...mysql, createPool },
    charset: 'UTF8MB4_BIN',
    timezone: 'Z',
    connectTimeout,
    poolSize,
    extra: { resetOnRelease: false, maxIdle: poolSize },
  };
}

/** mysql2's, but each connection has the session it needs before anybody gets it. */
function createPool(options: mysql.PoolOptions): mysql.Pool {
  const pool = mysql.createPool(options);
  pool.on('connection', (connection) => prepareSession(connection));
  return pool;
}

const session = [
  // What waited for a lock then also reads what its holder left; and fewer gaps are locked.
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 5, sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')",
];

/** Queued before all else on the connection. */
function prepareSession(connection: PoolConnection | Connection): void {
  for (const statement of session)
    connection.query(statement, (error) => {
      if (error) connection.destroy();
    });
}

const connectionLosses = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_QUERY_INTERRUPTED',
  'ER_CON_COUNT_ERROR',
]);
const conflicts = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

/** Whether the server went away or never was there, so that what was not committed is rolled back. */
export const isConnectionLoss = (error: unknown): boolean => connectionLosses.has(driverCode(error));

/** Whether the server chose the transaction to give way to another. */
export const isConflict = (error: unknown): boolean => conflicts.has(driverCode(error));
