import type { Transaction } from '@kopru/runtime/database/database.ts';
import { nextId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { threadPayload } from '../thread/thread.payload.ts';
import { placeOf } from '../thread/thread.place.ts';
import { momentOf, SupportThread } from '../thread/thread.ts';
import type { Upload } from '../upload/upload.ts';
import { messagePayload } from './message.payload.ts';
import { SupportMessage, type SupportMessageType, type SupportSender } from './message.ts';

/** A message whose parts have been checked. */
export interface NewMessage {
  readonly sender: SupportSender;
  readonly type: SupportMessageType;
  readonly text: string | null;
  /** The picture or sound, kept by `keepUpload`. */
  readonly upload: Upload | null;
  /** The agent, where they wrote through the graph. */
  readonly authorId: string | null;
  readonly nonce: string | null;
}

/**
 * Writes into a thread that the transaction has locked, brings `thread` up to date and tells everybody of both.
 * Whoever writes has seen what is before; a visitor opens the thread again.
 */
export async function writeMessage(
  tx: Transaction,
  thread: SupportThread,
  { upload, authorId, ...given }: NewMessage,
): Promise<SupportMessage> {
  const id = nextId(thread.lastMessageId);
  const message: SupportMessage = Object.assign(new SupportMessage(), {
    ...given,
    id,
    threadId: thread.id,
    fileUrl: upload?.url ?? null,
    uploadId: upload?.id ?? null,
    createdAt: momentOf(id),
  });
  const row = { ...message, authorId };
  await tx.manager.createQueryBuilder().insert().into(SupportMessage).values(row).updateEntity(false).execute();
  const change = afterwards(thread, message);
  await tx.manager.update(SupportThread, { id: thread.id }, { ...change, place: placeOf(id) });
  const moved = change.status !== thread.status || hadUnseen(thread, message.sender);
  Object.assign(thread, change);
  tx.emit(events.supportMessageCreated({ message: messagePayload(message), thread: threadPayload(thread) }));
  if (moved) tx.emit(events.supportThreadUpdated({ thread: threadPayload(thread) }));
  return message;
}

const afterwards = (thread: SupportThread, { id, sender, createdAt }: SupportMessage) =>
  sender === 'VISITOR'
    ? { status: 'OPEN' as const, lastMessageId: id, visitorSeenMessageId: id, lastActivityAt: createdAt }
    : { status: thread.status, lastMessageId: id, agentsSeenMessageId: id };

/** Since writing is seeing, the last message is of the other side where this side has not seen it. */
function hadUnseen({ lastMessageId, visitorSeenMessageId, agentsSeenMessageId }: SupportThread, side: string): boolean {
  const seen = side === 'VISITOR' ? visitorSeenMessageId : agentsSeenMessageId;
  return lastMessageId !== null && (seen ?? '') < lastMessageId;
}
