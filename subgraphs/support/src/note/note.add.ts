import type { Transaction } from '@kopru/runtime/database/database.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { lockedThread } from '../thread/thread.locked.ts';
import type { SupportThread } from '../thread/thread.ts';
import { PrivateNote } from './note.ts';

/** Notes something about a thread for agents. @throws NOT_FOUND (SupportThread) */
export async function addNote(
  tx: Transaction,
  { threadId, authorId, text }: { readonly threadId: string; readonly authorId: string; readonly text: string },
): Promise<{ note: PrivateNote; thread: SupportThread }> {
  const thread = await lockedThread(tx, threadId);
  const createdAt = new Date();
  const note = Object.assign(new PrivateNote(), { id: newId(), threadId, authorId, text, createdAt });
  await tx.manager.createQueryBuilder().insert().into(PrivateNote).values(note).updateEntity(false).execute();
  tx.emit(
    events.privateNoteAdded({ note: { id: note.id, threadId, authorId, text, createdAt: createdAt.toISOString() } }),
  );
  return { note, thread };
}
