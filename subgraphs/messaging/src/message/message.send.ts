import type { Context } from '@kopru/runtime/context.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { withLockedRow } from '@kopru/runtime/database/locked-row.ts';
import { forbidden, validationFailed } from '@kopru/runtime/errors.ts';
import { nextId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import type { Access } from '../access/access.ts';
import { readOwn } from '../read-state/read-state.service.ts';
import type { TypingBoard } from '../typing/typing-board.ts';
import { ChannelHead } from './channel-head.ts';
import { contentFrom, nonceFrom } from './message.content.ts';
import type { SendMessageInput } from './message.inputs.ts';
import { Message, payloadOf } from './message.ts';

export interface SendingDependencies {
  readonly database: Database;
  readonly access: Access;
  readonly typing: TypingBoard;
}

/**
 * Sends a message, or gives the one that the same author sent to the same channel with the same nonce.
 * @throws VALIDATION_FAILED, and what `Access.ofViewer` throws
 */
export async function sendMessage(
  { database, access, typing }: SendingDependencies,
  input: SendMessageInput,
  context: Context,
): Promise<Message> {
  const content = contentFrom(input.content);
  const nonce = nonceFrom(input.nonce);
  const { channelId, userId, canSend, serverId } = await access.ofViewer(input.channelId, context);
  if (!canSend) throw forbidden('You may not write in this channel.', 'Channel');
  const message = await withLockedRow(database, ChannelHead, { channelId }, async (tx, head) => {
    // Nobody else writes here until this commits, so the nonce needs no second look.
    const first = nonce === null ? null : await tx.manager.findOneBy(Message, { authorId: userId, channelId, nonce });
    if (first) return first;
    const replyToId = input.replyToId ?? null;
    if (replyToId !== null) await requireReply(tx, channelId, replyToId);
    const id = nextId(head.lastId);
    const draft = { id, channelId, authorId: userId, content, nonce, replyToId, editedAt: null, deleted: false };
    const sent: Message = Object.assign(new Message(), { ...draft, createdAt: momentOf(id) });
    await tx.manager.createQueryBuilder().insert().into(Message).values(sent).updateEntity(false).execute();
    await tx.manager.update(ChannelHead, { channelId }, { lastId: id, lastMessageId: id });
    tx.emit(events.messageCreated({ message: payloadOf(sent, serverId) }));
    await readOwn(tx, sent, head.lastMessageId);
    return sent;
  });
  typing.stopped(channelId, userId);
  return message;
}

async function requireReply({ manager }: Transaction, channelId: string, id: string): Promise<void> {
  const found = await manager.existsBy(Message, { id, channelId, deleted: false });
  if (!found) throw validationFailed({ replyToId: ['No message of this channel.'] });
}

/** The milliseconds that a UUIDv7 begins with. */
const momentOf = (id: string): Date => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
