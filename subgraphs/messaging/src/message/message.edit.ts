import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import { forbidden, notFound } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import type { Access } from '../access/access.ts';
import { contentFrom } from './message.content.ts';
import type { EditMessageInput } from './message.inputs.ts';
import { asIfMissing, type MessageLookup } from './message.lookup.ts';
import { Message, payloadOf } from './message.ts';

export interface EditingDependencies {
  readonly database: Database;
  readonly access: Access;
  readonly lookup: MessageLookup;
}

/** Changes the text of the viewer's own message. @throws VALIDATION_FAILED, NOT_FOUND, FORBIDDEN */
export async function editMessage(
  { database, access, lookup }: EditingDependencies,
  { messageId, content }: EditMessageInput,
  context: Context,
): Promise<Message> {
  const text = contentFrom(content);
  const { userId } = context.viewer;
  const { channelId, authorId } = await lookup.toChange(messageId);
  const { serverId } = await asIfMissing(access.ofViewer(channelId, context));
  if (authorId !== userId) throw forbidden('Only its author may edit a message.', 'Message');
  return database.write(async (tx) => {
    const message = await lockedRow(tx, Message, { id: messageId });
    if (!message || message.deleted) throw notFound('Message');
    if (message.content === text) return message;
    const change = { content: text, editedAt: new Date() };
    await tx.manager.update(Message, { id: messageId }, change);
    const edited = Object.assign(message, change);
    tx.emit(events.messageUpdated({ message: payloadOf(edited, serverId) }));
    return edited;
  });
}
