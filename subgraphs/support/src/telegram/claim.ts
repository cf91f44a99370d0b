import type { Database } from '@kopru/runtime/database/database.ts';
import type { EntityTarget } from 'typeorm';
import { TelegramDelivery, TelegramUpdate } from './rows.ts';

/** How long whoever claims something has it to themselves, in milliseconds; longer than any try takes. */
const claimedFor = 300_000;

const quiet = 'SELECT chat_id FROM telegram_chats WHERE quiet_until > ?';

/** What is done one after the other, in the order of ids; and whose turn it is not, at a moment. */
const deliveries = {
  entity: TelegramDelivery,
  table: 'telegram_deliveries',
  inOrderOf: 'thread_id',
  unless: `chat_id IN (${quiet})`,
} as const;
const updates = {
  entity: TelegramUpdate,
  table: 'telegram_updates',
  inOrderOf: 'chat_id',
  unless: 'due_at > ?',
} as const;

export const claimDelivery = (database: Database): Promise<TelegramDelivery | null> => claim(database, deliveries);
export const claimUpdate = (database: Database): Promise<TelegramUpdate | null> => claim(database, updates);

interface Queue<Row> {
  readonly entity: EntityTarget<Row>;
  readonly table: string;
  readonly inOrderOf: string;
  readonly unless: string;
}

/** The first that is due and has nothing before it, with this try counted; null where there is none. Of several processes, each gets another. */
function claim<Row extends { id: string; tries: number }>(database: Database, queue: Queue<Row>): Promise<Row | null> {
  const { entity, table, inOrderOf, unless } = queue;
  return database.write(async ({ manager, dialect }) => {
    const now = new Date();
    const [found]: { id: string }[] = await manager.query(
      `SELECT id FROM ${table} AS waiting WHERE due_at <= ? AND NOT ${unless} AND NOT EXISTS (
         SELECT 1 FROM ${table} AS earlier
         WHERE earlier.${inOrderOf} = waiting.${inOrderOf} AND earlier.id < waiting.id AND earlier.due_at IS NOT NULL
       ) ORDER BY id LIMIT 1 ${dialect === 'mysql' ? 'FOR UPDATE SKIP LOCKED' : ''}`,
      [now, now],
    );
    if (!found) return null;
    const until = new Date(now.getTime() + claimedFor);
    await manager.query(`UPDATE ${table} SET tries = tries + 1, due_at = ? WHERE id = ?`, [until, found.id]);
    return manager.createQueryBuilder(entity, 'row').where('row.id = :id', found).getOne();
  });
}
