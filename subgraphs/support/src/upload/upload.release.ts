import type { Transaction } from '@kopru/runtime/database/database.ts';

const sent = 'SELECT upload_id FROM support_messages WHERE upload_id IS NOT NULL';

/** Lets go of the files of a thread's messages, which are about to be deleted. A file that another thread has as well stays. */
export async function releaseUploads({ manager, dialect }: Transaction, threadId: string): Promise<void> {
  // Whoever is sending one of them elsewhere is waited for, and then seen by the next statement.
  if (dialect === 'mysql')
    await manager.query(`SELECT id FROM uploads WHERE id IN (${sent} AND thread_id = ?) FOR UPDATE`, [threadId]);
  await manager.query(
    `UPDATE uploads SET state = 'DISCARDED', expires_at = ?
     WHERE id IN (${sent} AND thread_id = ?) AND id NOT IN (${sent} AND thread_id <> ?)`,
    [new Date(), threadId, threadId],
  );
}

/** Lets go of the files of all messages, which are about to be deleted. */
export async function releaseAllUploads({ manager }: Transaction): Promise<void> {
  await manager.query(`UPDATE uploads SET state = 'DISCARDED', expires_at = ? WHERE id IN (${sent})`, [new Date()]);
}
