import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { insertIfAbsent } from '@kopru/runtime/database/insert-if-absent.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { type ContentType, extensionOf } from '@kopru/runtime/storage/content-types.ts';
import { type FileName, isFileName, type OpenFile, type Storage } from '@kopru/runtime/storage/storage.ts';
import { events } from '@kopru/schema/events.ts';
import { claimDelivery } from './claim.ts';
import { TelegramChat, TelegramDelivery, TelegramLink } from './rows.ts';
import { type OutgoingFile, type TelegramApi, TelegramFailure } from './telegram.api.ts';

/** How long after a try that failed there is another, in milliseconds; after the last of them it is given up. */
const waits = [1_000, 3_000] as const;
/** The largest picture that Telegram shows as one, in bytes; larger ones go as files. */
const largestPhoto = 10 * 1024 * 1024;

export interface SendingParts {
  readonly database: Database;
  readonly api: TelegramApi;
  readonly storage: () => Storage;
  readonly logger: Logger;
}

/**
 * Sends the next delivery that is due, and says whether there was one. Where the process ends between the sending and the note that
 * it was sent, it is sent again: Telegram has no way to tell a repetition.
 */
export async function sendNext(parts: SendingParts): Promise<boolean> {
  const delivery = await claimDelivery(parts.database);
  if (!delivery) return false;
  let messageId: number | null;
  try {
    messageId = await send(parts, delivery);
  } catch (error) {
    await failed(parts, delivery, error);
    return true;
  }
  await sent(parts.database, delivery, messageId);
  return true;
}

/** The id of the message; null where there is nothing to send any more. */
async function send(parts: SendingParts, { chatId, text, file: name }: TelegramDelivery): Promise<number | null> {
  if (name === null) return text === null ? null : parts.api.sendText(chatId, text);
  if (!isFileName(name)) throw new Error('A delivery names no file.');
  try {
    return await sendFile(parts, chatId, name, text);
  } catch (error) {
    // Not every picture is one to Telegram, by its sides or its size.
    if (!(error instanceof TelegramFailure && error.code === 400 && name.startsWith('images/'))) throw error;
    return sendFile(parts, chatId, name, text, 'document');
  }
}

async function sendFile(
  { api, storage }: SendingParts,
  chatId: string,
  name: FileName,
  caption: string | null,
  kind?: OutgoingFile['kind'],
): Promise<number | null> {
  const file = await storage().open(name);
  // Deleted since, with its message.
  if (!file) return null;
  try {
    return await api.sendFile(chatId, asOutgoing(name, file, kind), caption ?? undefined);
  } finally {
    file.body.destroy();
  }
}

/** How Telegram takes a type; what it does not know goes as a file. */
const kinds: Readonly<Record<ContentType, OutgoingFile['kind']>> = {
  'image/png': 'photo',
  'image/jpeg': 'photo',
  'image/webp': 'photo',
  'image/gif': 'photo',
  'audio/ogg': 'voice',
  'audio/mpeg': 'audio',
  'audio/webm': 'audio',
  'audio/wav': 'audio',
};

function asOutgoing(name: FileName, { contentType, size, body }: OpenFile, kind = kinds[contentType]): OutgoingFile {
  const [, id] = name.split('/');
  return {
    kind: kind === 'photo' && size > largestPhoto ? 'document' : kind,
    name: `${id}.${extensionOf(contentType)}`,
    body,
  };
}

/** Whoever answers the message names its thread by that. */
async function sent(database: Database, { id, chatId, threadId }: TelegramDelivery, messageId: number | null) {
  await database.write(async ({ manager }) => {
    const { affected } = await manager.delete(TelegramDelivery, { id });
    if (affected !== 1 || messageId === null) return;
    const link = { chatId, messageId, threadId };
    await insertIfAbsent(manager, TelegramLink, link);
  });
}

async function failed(
  { database, logger }: SendingParts,
  { id, chatId, threadId, messageId, tries }: TelegramDelivery,
  error: unknown,
): Promise<void> {
  const wait = waits[tries - 1];
  const { final = false, retryAfter } = error instanceof TelegramFailure ? error : {};
  if (wait !== undefined && !final) {
    await database.write(async (tx) => {
      await tx.manager.update(TelegramDelivery, { id }, { dueAt: new Date(Date.now() + wait) });
      if (retryAfter !== undefined) await keepQuiet(tx, chatId, retryAfter);
    });
    return;
  }
  // Not the thread's id: whoever knows it may read what is written there.
  logger.warn({ err: error, delivery: id, message: messageId }, 'a message could not be sent to Telegram');
  await database.write(async (tx) => {
    const { affected } = await tx.manager.delete(TelegramDelivery, { id });
    if (affected === 1 && messageId !== null) tx.emit(events.supportDeliveryFailed({ threadId, messageId }));
    if (retryAfter !== undefined) await keepQuiet(tx, chatId, retryAfter);
  });
}

/** Telegram counts what comes to a chat, whoever sends it: nothing goes there for so many seconds. */
async function keepQuiet({ manager }: Transaction, chatId: string, seconds: number): Promise<void> {
  await insertIfAbsent(manager, TelegramChat, { chatId });
  await manager.update(TelegramChat, { chatId }, { quietUntil: new Date(Date.now() + seconds * 1_000) });
}
