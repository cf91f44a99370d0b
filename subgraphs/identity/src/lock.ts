import type { Transaction } from '@kopru/runtime/database/database.ts';

/** Find options that keep the rows from other transactions until this one ends. SQLite has one at a time anyway. */
export const forUpdate = ({ dialect }: Transaction) =>
  dialect === 'mysql' ? { lock: { mode: 'pessimistic_write' as const } } : {};
