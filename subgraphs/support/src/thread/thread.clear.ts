import type { Transaction } from '@kopru/runtime/database/database.ts';
import { events } from '@kopru/schema/events.ts';
import { Escalation } from '../escalation/escalation.ts';
import { SupportMessage } from '../message/message.ts';
import { PrivateNote } from '../note/note.ts';
import type { Outlet } from '../outlet/outlet.ts';
import { SharedAccount } from '../shared-account/shared-account.ts';
import { releaseAllUploads, releaseUploads } from '../upload/upload.release.ts';
import { lockedThread } from './thread.locked.ts';
import { placeWithout } from './thread.place.ts';
import { SupportThread } from './thread.ts';

/** Deletes the messages of a thread, and the files that no other has. @throws NOT_FOUND */
export async function clearThread(tx: Transaction, threadId: string): Promise<SupportThread> {
  const thread = await lockedThread(tx, threadId);
  await releaseUploads(tx, threadId);
  await tx.manager.delete(SupportMessage, { threadId });
  const empty = { lastMessageId: null, visitorSeenMessageId: null, agentsSeenMessageId: null };
  await tx.manager.update(SupportThread, { id: threadId }, { ...empty, place: placeWithout() });
  tx.emit(events.supportThreadCleared({ threadId }));
  return Object.assign(thread, empty);
}

/** Deletes every thread with everything in it, and gives how many there were. */
export async function clearAllThreads(tx: Transaction, outlets: readonly Outlet[]): Promise<number> {
  const { manager } = tx;
  for (const outlet of outlets) await outlet.allCleared(tx);
  // The threads first: who writes to one holds its row, so this waits for them and they for this.
  const { affected } = await manager.createQueryBuilder().delete().from(SupportThread).execute();
  await releaseAllUploads(tx);
  for (const rows of [SupportMessage, PrivateNote, Escalation, SharedAccount])
    await manager.createQueryBuilder().delete().from(rows).execute();
  const count = affected ?? 0;
  tx.emit(events.allSupportThreadsCleared({ count }));
  return count;
}
