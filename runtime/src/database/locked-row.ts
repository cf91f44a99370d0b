import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Database, Transaction } from './database.ts';
import { insertIfAbsent } from './insert-if-absent.ts';

/**
 * Runs `work` in a transaction that has one row to itself, and makes the row first where there is none.
 * It is made in a transaction of its own: whoever waits for a row that is not there yet could deadlock with whoever makes it.
 */
export async function withLockedRow<Row extends ObjectLiteral, T>(
  database: Database,
  entity: EntityTarget<Row>,
  key: Partial<Row>,
  work: (tx: Transaction, row: Row) => Promise<T>,
): Promise<T> {
  const attempt = (): Promise<{ readonly result: T } | null> =>
    database.write(async (tx) => {
      const row = await lockedRow(tx, entity, key);
      return row && { result: await work(tx, row) };
    });
  const create = (): Promise<unknown> => database.write(({ manager }) => insertIfAbsent(manager, entity, key));
  const done = (await attempt()) ?? (await create().then(attempt));
  if (!done) throw new Error('A row that was just made is not there.');
  return done.result;
}

/** The row as it is now, which nobody else changes until the transaction ends. SQLite has one writer at a time anyway. */
export async function lockedRow<Row extends ObjectLiteral>(
  { manager, dialect }: Transaction,
  entity: EntityTarget<Row>,
  key: Partial<Row>,
): Promise<Row | null> {
  const query = manager.createQueryBuilder(entity, 'row').where(key);
  return (dialect === 'mysql' ? query.setLock('pessimistic_write') : query).getOne();
}
