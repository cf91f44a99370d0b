import type { Transaction } from '@kopru/runtime/database/database.ts';
import { insertIfAbsent } from '@kopru/runtime/database/insert-if-absent.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import type { SupportSender } from '../message/message.ts';
import { startThread } from '../thread/thread.start.ts';
import { SupportThread } from '../thread/thread.ts';
import type { Incoming } from './incoming.ts';
import { TelegramChat, TelegramLink } from './rows.ts';
import { chatName, threadAtEnd, threadNamed } from './texts.ts';

/** Where a message of Telegram's goes, and on whose behalf. */
export interface Place {
  readonly thread: SupportThread;
  readonly sender: SupportSender;
}

/**
 * The agents' chat names a thread by what it answers, or by a tag, and speaks there as an agent. Whatever names none is the
 * conversation of its chat with us, in which it is the visitor; nobody else's tags or answers are listened to.
 * Null where a thread is named that is not there any more.
 */
export async function placeFor(
  tx: Transaction,
  chatId: string,
  content: Incoming,
  agentsChat: string,
): Promise<Place | null> {
  const named = chatId === agentsChat ? await threadIdIn(tx, chatId, content) : undefined;
  if (named === undefined) return { thread: await ownThread(tx, chatId), sender: 'VISITOR' };
  const thread = await lockedRow(tx, SupportThread, { id: named });
  return thread && { thread, sender: 'AGENT' };
}

async function threadIdIn(
  { manager }: Transaction,
  chatId: string,
  { reply, text }: Incoming,
): Promise<string | undefined> {
  const link = reply && (await manager.findOneBy(TelegramLink, { chatId, messageId: reply.messageId }));
  // The tag of what is answered stands in for a link that was lost between sending and noting it.
  return link?.threadId ?? threadNamed(text) ?? threadAtEnd(reply?.text ?? '');
}

/** The conversation of a chat, which begins with its first message, and anew where it was deleted. */
async function ownThread(tx: Transaction, chatId: string): Promise<SupportThread> {
  const { manager } = tx;
  await insertIfAbsent(manager, TelegramChat, { chatId });
  const chat = await lockedRow(tx, TelegramChat, { chatId });
  const known = chat?.threadId ? await lockedRow(tx, SupportThread, { id: chat.threadId }) : null;
  if (known) return known;
  const thread = await startThread(tx, { displayName: chatName(chatId), origin: 'TELEGRAM', accountId: null });
  await manager.update(TelegramChat, { chatId }, { threadId: thread.id });
  return thread;
}
