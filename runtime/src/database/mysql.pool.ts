import type { Duplex } from 'node:stream';
import mysql, { type Connection, type Pool, type PoolConnection, type PoolOptions } from 'mysql2';

/** How busy the connections to a database are. */
export interface PoolUse {
  /** Connections there may be at a time. */
  readonly size: number;
  /** Connections that somebody has. */
  busy(): number;
  /** How often somebody had to wait for one, since the start. */
  waits(): number;
  /** Ends every connection without a word. */
  cut(): void;
}

const session = [
  // What waited for a lock then also reads what its holder left; and fewer gaps are locked.
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 5, sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')",
];

/**
 * A factory as mysql2's, but each connection has the session it needs before anybody gets it, and one that is in use and says
 * nothing for `silence` milliseconds is taken for dead: a server that vanished without a word would otherwise hold its callers for
 * as long as TCP tries. `silence` is above the time that a statement waits for a lock.
 */
export function poolFactory(silence: number, use: (use: PoolUse) => void) {
  return (options: PoolOptions): Pool => {
    const pool = mysql.createPool(options);
    const all = new Set<PoolConnection>();
    const busy = new Set<PoolConnection>();
    let waits = 0;
    pool.on('connection', (connection) => {
      prepareSession(connection);
      const stream = streamOf(connection);
      all.add(connection);
      stream.on('timeout', () => stream.destroy(silent()));
      stream.on('close', () => {
        all.delete(connection);
        busy.delete(connection);
      });
    });
    pool.on('acquire', (connection) => {
      busy.add(connection);
      streamOf(connection).setTimeout(silence);
    });
    pool.on('release', (connection) => {
      busy.delete(connection);
      streamOf(connection).setTimeout(0);
    });
    pool.on('enqueue', () => {
      waits += 1;
    });
    use({
      size: options.connectionLimit ?? 10,
      busy: () => busy.size,
      waits: () => waits,
      cut: () => {
        for (const connection of all) streamOf(connection).destroy();
      },
    });
    return pool;
  };
}

type Stream = Duplex & { setTimeout(milliseconds: number): void };

/** The socket under a connection, or TLS over it; the types of mysql2 do not know it. */
const streamOf = (connection: PoolConnection | Connection): Stream => Reflect.get(connection, 'stream') as Stream;

const silent = (): Error => Object.assign(new Error('the server does not answer'), { code: 'ETIMEDOUT' });

/** Queued before all else on the connection. */
function prepareSession(connection: PoolConnection | Connection): void {
  for (const statement of session)
    connection.query(statement, (error) => {
      if (error) connection.destroy();
    });
}
