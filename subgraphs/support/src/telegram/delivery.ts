import type { Transaction } from '@kopru/runtime/database/database.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { SupportMessage } from '../message/message.ts';
import type { SupportThread } from '../thread/thread.ts';
import { nameOf } from '../upload/upload.ts';
import { TelegramDelivery } from './rows.ts';
import { agentCaption, agentTexts, visitorCaption, visitorTexts } from './texts.ts';

/** Stores what the agents are to read of a visitor's message. */
export function deliverToAgents(tx: Transaction, chatId: string, message: SupportMessage, thread: SupportThread) {
  const { displayName, id: threadId } = thread;
  const { text, type } = message;
  const target = { chatId, threadId, messageId: message.id };
  if (type === 'TEXT') return store(tx, target, visitorTexts(displayName, text ?? '', threadId));
  const { caption, texts } = visitorCaption(displayName, text, threadId);
  return store(tx, target, texts, { caption, name: fileOf(message) });
}

/** Stores what a visitor in Telegram is to read of an agent's message. */
export function deliverToVisitor(tx: Transaction, chatId: string, { text, type, ...message }: SupportMessage) {
  const target = { chatId, threadId: message.threadId, messageId: null };
  if (type === 'TEXT') return store(tx, target, agentTexts(text ?? ''));
  const { caption, texts } = agentCaption(text);
  return store(tx, target, texts, { caption, name: fileOf({ type, ...message }) });
}

type Target = Pick<TelegramDelivery, 'chatId' | 'threadId' | 'messageId'>;

async function store(
  { manager }: Transaction,
  target: Target,
  texts: readonly string[],
  file?: { readonly caption: string | undefined; readonly name: string | null },
): Promise<void> {
  const parts = [
    ...(file ? [{ text: file.caption ?? null, file: file.name }] : []),
    ...texts.map((text) => ({ text, file: null })),
  ];
  const dueAt = new Date();
  const rows = parts.map((part) => ({ id: newId(), ...target, ...part, tries: 0, dueAt }));
  await manager.createQueryBuilder().insert().into(TelegramDelivery).values(rows).updateEntity(false).execute();
}

const fileOf = ({ type, uploadId }: Pick<SupportMessage, 'type' | 'uploadId'>): string | null =>
  uploadId === null || type === 'TEXT' ? null : nameOf({ id: uploadId, type });
