import type { Database } from '@kopru/runtime/database/database.ts';

/** How long whoever claims something has it to themselves, in milliseconds; longer than any try takes. */
const claimedFor = 120_000;

const quiet = 'SELECT chat_id FROM telegram_chats WHERE quiet_until > ?';

/** By table, what is done one after the other, in the order of ids; and whose turn it is not, at a moment. */
const queues = {
  telegram_deliveries: { inOrderOf: 'thread_id', unless: `chat_id IN (${quiet})` },
  telegram_updates: { inOrderOf: 'chat_id', unless: 'due_at > ?' },
} as const;

interface Claim {
  readonly id: string;
  /** How many there have been, with this one. */
  readonly tries: number;
}

/** The first that is due and has nothing before it; null where there is none. Of several processes, each gets another. */
export function claimNext(database: Database, table: keyof typeof queues): Promise<Claim | null> {
  const { inOrderOf, unless } = queues[table];
  return database.write(async ({ manager, dialect }) => {
    const now = new Date();
    const [found]: Claim[] = await manager.query(
      `SELECT id, tries FROM ${table} AS waiting WHERE due_at <= ? AND NOT ${unless} AND NOT EXISTS (
         SELECT 1 FROM ${table} AS earlier
         WHERE earlier.${inOrderOf} = waiting.${inOrderOf} AND earlier.id < waiting.id AND earlier.due_at IS NOT NULL
       ) ORDER BY id LIMIT 1 ${dialect === 'mysql' ? 'FOR UPDATE SKIP LOCKED' : ''}`,
      [now, now],
    );
    if (!found) return null;
    const { id, tries } = found;
    await manager.query(`UPDATE ${table} SET tries = ?, due_at = ? WHERE id = ?`, [
      tries + 1,
      new Date(now.getTime() + claimedFor),
      id,
    ]);
    return { id, tries: tries + 1 };
  });
}
