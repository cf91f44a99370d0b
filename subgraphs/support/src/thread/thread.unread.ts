import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { isAgent } from '../access/agents.ts';

/** Counts what the other side wrote after a side's place, in many threads at once; which side is told from the reader. */
export const unreadIn =
  ({ reader }: Database): Batch<string, number> =>
  async (threadIds, context) => {
    const [other, seen] = isAgent(context) ? ['VISITOR', 'agents_seen_id'] : ['AGENT', 'visitor_seen_id'];
    const counted: { threadId: string; unread: number | string }[] = await reader.query(
      `SELECT m.thread_id AS threadId, COUNT(*) AS unread
       FROM support_threads AS t JOIN support_messages AS m
         ON m.thread_id = t.id AND m.sender = ? AND m.id > COALESCE(t.${seen}, '')
       WHERE t.id IN (${threadIds.map(() => '?').join(', ')}) GROUP BY m.thread_id`,
      [other, ...threadIds],
    );
    const found = new Map(counted.map(({ threadId, unread }) => [threadId, Number(unread)]));
    return threadIds.map((id) => found.get(id) ?? 0);
  };
