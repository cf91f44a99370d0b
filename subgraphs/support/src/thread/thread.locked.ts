import type { Transaction } from '@kopru/runtime/database/database.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import { SupportThread } from './thread.ts';

/**
 * A thread as it is now, which nobody else changes or writes to until the transaction ends. SQLite has one writer at a time anyway.
 * @throws NOT_FOUND
 */
export async function lockedThread({ manager, dialect }: Transaction, id: string): Promise<SupportThread> {
  const query = manager.createQueryBuilder(SupportThread, 'thread').where({ id });
  const thread = isUuid(id) && (await (dialect === 'mysql' ? query.setLock('pessimistic_write') : query).getOne());
  if (!thread) throw notFound('SupportThread');
  return thread;
}
