import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import { Escalation } from './escalation.ts';

/** What each thread was made of, for whoever has the thread; null where it began as a conversation. */
export const escalationsIn =
  ({ reader }: Database): Batch<string, Escalation | null> =>
  async (threadIds) => {
    const escalations = await reader.findBy(Escalation, { threadId: In([...threadIds]) });
    const found = new Map(escalations.map((escalation) => [escalation.threadId, escalation]));
    return threadIds.map((id) => found.get(id) ?? null);
  };
