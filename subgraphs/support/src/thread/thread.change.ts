import type { Transaction } from '@kopru/runtime/database/database.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import { SupportMessage, type SupportSender } from '../message/message.ts';
import { lockedThread } from './thread.locked.ts';
import { threadPayload } from './thread.payload.ts';
import { SupportThread, type SupportThreadStatus } from './thread.ts';

/** Sets how far a thread is. @throws NOT_FOUND */
export async function setThreadStatus(
  tx: Transaction,
  id: string,
  status: SupportThreadStatus,
): Promise<SupportThread> {
  const thread = await lockedThread(tx, id);
  if (thread.status !== status) await change(tx, thread, { status });
  return thread;
}

/** Gives a thread to an agent, or with null to nobody. @throws NOT_FOUND */
export async function assignThread(tx: Transaction, id: string, assigneeId: string | null): Promise<SupportThread> {
  const thread = await lockedThread(tx, id);
  const { manager } = tx;
  const before = await manager.findOne(SupportThread, { select: { id: true, assigneeId: true }, where: { id } });
  if (before?.assigneeId === assigneeId) return thread;
  await manager.update(SupportThread, { id }, { assigneeId });
  tx.emit(events.supportThreadUpdated({ thread: threadPayload(thread) }));
  return thread;
}

/** Moves a side's place forward to a message, never back. @throws NOT_FOUND (SupportThread, SupportMessage) */
export async function markThreadSeen(
  tx: Transaction,
  { threadId, messageId }: { readonly threadId: string; readonly messageId: string },
  side: SupportSender,
): Promise<SupportThread> {
  const thread = await lockedThread(tx, threadId);
  if (!(await tx.manager.existsBy(SupportMessage, { id: messageId, threadId }))) throw notFound('SupportMessage');
  const place = side === 'AGENT' ? 'agentsSeenMessageId' : 'visitorSeenMessageId';
  if ((thread[place] ?? '') < messageId) await change(tx, thread, { [place]: messageId });
  return thread;
}

/** Writes a change that everybody may see, and tells everybody of it. */
async function change(tx: Transaction, thread: SupportThread, to: Partial<SupportThread>): Promise<void> {
  await tx.manager.update(SupportThread, { id: thread.id }, to);
  tx.emit(events.supportThreadUpdated({ thread: threadPayload(Object.assign(thread, to)) }));
}
