import type { ColumnOptions } from 'typeorm';

/**
 * A moment, to the millisecond: a `Date` in the entity, UTC in the database, whatever time zone the process is in.
 * In a migration the same column is `{ type: 'datetime', precision: 3 }`; MySQL would round to seconds without it.
 */
export const utcColumn = (options: Omit<ColumnOptions, 'type' | 'precision'> = {}): ColumnOptions => ({
  ...options,
  type: 'datetime',
  precision: 3,
});
