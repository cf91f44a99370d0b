import type { Context } from '@kopru/runtime/context.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { withLockedRow } from '@kopru/runtime/database/locked-row.ts';
import { forbidden, notFound } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import type { Access } from '../access/access.ts';
import { ChannelHead } from './channel-head.ts';
import type { DeleteMessageInput } from './message.inputs.ts';
import { asIfMissing, type MessageLookup } from './message.lookup.ts';
import { Message } from './message.ts';

export interface DeletingDependencies {
  readonly database: Database;
  readonly access: Access;
  readonly lookup: MessageLookup;
}

/**
 * Deletes a message for its author, or for whoever may manage the channel's messages, and gives where it was.
 * @throws NOT_FOUND, FORBIDDEN
 */
export async function deleteMessage(
  { database, access, lookup }: DeletingDependencies,
  { messageId, channelId: expected }: DeleteMessageInput,
  context: Context,
): Promise<{ messageId: string; channelId: string }> {
  const { userId } = context.viewer;
  // Whoever names the channel hears about the channel first.
  if (expected != null) await access.ofViewer(expected, context);
  const { channelId, authorId } = await lookup.toChange(messageId);
  if (expected != null && expected !== channelId) throw notFound('Message');
  const { serverId, canManageMessages } = await asIfMissing(access.ofViewer(channelId, context));
  if (authorId !== userId && !canManageMessages) throw forbidden('You may not delete this message.', 'Message');
  await withLockedRow(database, ChannelHead, { channelId }, async (tx, head) => {
    const wiped = { deleted: true, content: '', nonce: null };
    const { affected } = await tx.manager.update(Message, { id: messageId, deleted: false }, wiped);
    if (affected === 0) throw notFound('Message');
    if (head.lastMessageId === messageId)
      await tx.manager.update(ChannelHead, { channelId }, { lastMessageId: await newestOf(tx, channelId) });
    tx.emit(events.messageDeleted({ messageId, channelId, serverId }));
  });
  return { messageId, channelId };
}

async function newestOf({ manager }: Transaction, channelId: string): Promise<string | null> {
  const [newest] = await manager.find(Message, {
    select: { id: true },
    where: { channelId, deleted: false },
    order: { id: 'DESC' },
    take: 1,
  });
  return newest?.id ?? null;
}
