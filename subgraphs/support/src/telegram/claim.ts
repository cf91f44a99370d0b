import type { Database } from '@kopru/runtime/database/database.ts';

/** How long whoever claims something has it to themselves, in milliseconds; longer than any try takes. */
const claimedFor = 120_000;

interface Queue {
  readonly table: 'telegram_deliveries' | 'telegram_updates';
  /** What is done one after the other, in the order of ids. */
  readonly inOrderOf: 'thread_id' | 'chat_id';
}

interface Claim {
  readonly id: string;
  /** How many there have been, with this one. */
  readonly tries: number;
}

/** The first that is due and has nothing before it; null where there is none. Of several processes, each gets another. */
export function claimNext(database: Database, { table, inOrderOf }: Queue): Promise<Claim | null> {
  return database.write(async ({ manager, dialect }) => {
    const now = Date.now();
    const [found]: Claim[] = await manager.query(
      `SELECT id, tries FROM ${table} AS waiting WHERE due_at <= ? AND NOT EXISTS (
         SELECT 1 FROM ${table} AS earlier
         WHERE earlier.${inOrderOf} = waiting.${inOrderOf} AND earlier.id < waiting.id AND earlier.due_at IS NOT NULL
       ) ORDER BY id LIMIT 1 ${dialect === 'mysql' ? 'FOR UPDATE SKIP LOCKED' : ''}`,
      [new Date(now)],
    );
    if (!found) return null;
    const { id, tries } = found;
    await manager.query(`UPDATE ${table} SET tries = ?, due_at = ? WHERE id = ?`, [
      tries + 1,
      new Date(now + claimedFor),
      id,
    ]);
    return { id, tries: tries + 1 };
  });
}
