import Libsql from 'libsql';

/** What `better-sqlite3` callers such as TypeORM use of a prepared statement. */
interface Statement {
  readonly reader: boolean;
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): unknown;
}

/** How many prepared statements a connection keeps. */
const kept = 500;

/**
 * A libsql connection that binds as `better-sqlite3` does. Bare libsql takes a lone object for named parameters,
 * aborts the process on a Date, and binds every number as a real, so that 5 becomes '5.0' in a text column.
 */
export class SqliteConnection extends Libsql {
  readonly #statements = new Map<string, Statement>();

  // biome-ignore lint/suspicious/noExplicitAny: libsql's own type for it says the same.
  override prepare(sql: string): any {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = super.prepare(sql);
    const wrapped: Statement = {
      reader: statement.reader,
      all: (...parameters) => withBuffers(statement.all(parameters.map(bindable))),
      run: (...parameters) => statement.run(parameters.map(bindable)),
    };
    this.#statements.set(sql, wrapped);
    for (const oldest of this.#statements.keys()) {
      if (this.#statements.size <= kept) break;
      this.#statements.delete(oldest);
    }
    return wrapped;
  }

  override close(): this {
    this.#statements.clear();
    return super.close();
  }
}

function bindable(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  // As TypeORM writes a datetime column, so that the two compare.
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, -1);
  throw new TypeError(`SQLite cannot store a ${typeof value}.`);
}

function withBuffers(rows: unknown[]): unknown[] {
  for (const row of rows as Record<string, unknown>[])
    for (const column in row) {
      const value = row[column];
      if (value instanceof ArrayBuffer) row[column] = Buffer.from(value);
    }
  return rows;
}
