import type { Database } from '@kopru/runtime/database/database.ts';
import { placeOf } from '../thread/thread.place.ts';
import { SupportThread } from '../thread/thread.ts';
import type { UnreadThreadsInput } from './inbox.inputs.ts';
import type { UnreadThread } from './unread-thread.ts';

/** The threads of an account in which an agent wrote what its owner has not seen, in the order asked for. */
export async function unreadThreads(
  { reader }: Database,
  { userId, after, before, limit, backward }: UnreadThreadsInput,
): Promise<UnreadThread[]> {
  // Writing is seeing, so what follows the visitor's place was written by an agent.
  const query = reader
    .createQueryBuilder(SupportThread, 'thread')
    .select(['thread.id', 'thread.lastMessageId'])
    .where('thread.accountId = :userId', { userId })
    .andWhere("thread.lastMessageId > COALESCE(thread.visitorSeenMessageId, '')")
    .orderBy('thread.place', backward ? 'ASC' : 'DESC')
    .limit(limit);
  if (after != null) query.andWhere('thread.place < :after', { after: placeOf(after) });
  if (before != null) query.andWhere('thread.place > :before', { before: placeOf(before) });
  const threads = await query.getMany();
  return threads.flatMap(({ id, lastMessageId }) => (lastMessageId === null ? [] : [{ threadId: id, lastMessageId }]));
}

/** How many threads of an account are listened to, those with the newest messages. */
const most = 100;

/** The threads of an account, by which it hears of them. */
export async function threadIdsOf({ reader }: Database, accountId: string): Promise<string[]> {
  const threads = await reader.find(SupportThread, {
    select: { id: true },
    where: { accountId },
    order: { place: 'DESC' },
    take: most,
  });
  return threads.map(({ id }) => id);
}
