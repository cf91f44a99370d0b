import type { Transaction } from '@kopru/runtime/database/database.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import { SupportThread } from './thread.ts';

/** A thread as it is now, which nobody else changes or writes to until the transaction ends. @throws NOT_FOUND */
export async function lockedThread(tx: Transaction, id: string): Promise<SupportThread> {
  const thread = isUuid(id) && (await lockedRow(tx, SupportThread, { id }));
  if (!thread) throw notFound('SupportThread');
  return thread;
}
