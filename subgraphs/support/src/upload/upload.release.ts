import type { Transaction } from '@kopru/runtime/database/database.ts';
import { In, IsNull } from 'typeorm';
import { Upload } from './upload.ts';

/** As many as fit one statement. */
const atOnce = 500;

/** Lets go of the files of a thread's messages, which are about to be deleted. A file that another thread has as well stays. */
export async function releaseUploads({ manager, dialect }: Transaction, threadId: string): Promise<void> {
  const sent: { id: string }[] = await manager.query(
    'SELECT DISTINCT upload_id AS id FROM support_messages WHERE thread_id = ? AND upload_id IS NOT NULL',
    [threadId],
  );
  for (let start = 0; start < sent.length; start += atOnce) {
    const ids = sent.slice(start, start + atOnce).map(({ id }) => id);
    // Whoever is sending one of them elsewhere is waited for, and then seen by the next statement.
    if (dialect === 'mysql')
      await manager.find(Upload, { select: { id: true }, where: { id: In(ids) }, lock: { mode: 'pessimistic_write' } });
    await manager
      .createQueryBuilder()
      .update(Upload)
      .set(gone())
      .where({ id: In(ids) })
      .andWhere(
        'NOT EXISTS (SELECT 1 FROM support_messages AS other WHERE other.upload_id = uploads.id AND other.thread_id <> :threadId)',
        { threadId },
      )
      .execute();
  }
}

/** Lets go of the files of all messages, which are about to be deleted. */
export async function releaseAllUploads({ manager }: Transaction): Promise<void> {
  // Those that no message has go by themselves.
  await manager.update(Upload, { expiresAt: IsNull() }, gone());
}

const gone = () => ({ state: 'DISCARDED', expiresAt: new Date() }) as const;
