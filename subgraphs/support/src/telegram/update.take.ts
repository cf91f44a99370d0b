import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { insertIfAbsent } from '@kopru/runtime/database/insert-if-absent.ts';
import { codeOf } from '@kopru/runtime/errors.ts';
import { type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import { IsNull, LessThan, Not } from 'typeorm';
import { writeMessage } from '../message/message.write.ts';
import type { Outlet } from '../outlet/outlet.ts';
import { keepUpload } from '../upload/upload.keep.ts';
import { discardUpload } from '../upload/upload.service.ts';
import type { Upload } from '../upload/upload.ts';
import { claimUpdate } from './claim.ts';
import type { Incoming } from './incoming.ts';
import { TelegramLink, TelegramUpdate } from './rows.ts';
import { asMessages, missingFile } from './texts.ts';
import { bringFile, type FileParts } from './update.file.ts';
import { placeFor } from './update.thread.ts';

/** How long after a try that failed there is another, in milliseconds; after the last of them it is given up. */
const waits = [1_000, 5_000, 30_000, 120_000] as const;
/** How much one chat that is not the agents' may say. */
const allowance = { limit: 20, windowSeconds: 60 } as const;
/** How long it is remembered what came, in milliseconds; Telegram brings nothing that is older than a day. */
const rememberedFor = 7 * 24 * 60 * 60 * 1000;

export interface TakingParts extends FileParts {
  readonly agentsChat: string;
  readonly outlet: Outlet;
  readonly quota: Quota;
}

/** Puts the next message that Telegram brought into its thread, once, and says whether there was one. */
export async function takeNext(parts: TakingParts): Promise<boolean> {
  const update = await claimUpdate(parts.database);
  if (!update?.body) return false;
  const content = JSON.parse(update.body) as Incoming;
  try {
    await take(parts, update, content);
  } catch (error) {
    await failed(parts, update, content, error);
  }
  return true;
}

async function take(parts: TakingParts, update: TelegramUpdate, content: Incoming): Promise<void> {
  const { database, quota, agentsChat } = parts;
  if (update.chatId !== agentsChat && update.tries <= 1) await spend(quota, `telegram ${update.chatId}`, allowance);
  const upload = content.file && (await bringFile(parts, content.file));
  const written = await database.write((tx) => write(parts, tx, update, content, upload));
  // It was written before, or has no thread to go to.
  if (!written && upload) await discardUpload(database, upload.id);
}

/** Whether it was written; not where it was before. */
async function write(
  { agentsChat, outlet }: TakingParts,
  tx: Transaction,
  { id, chatId, messageId }: TelegramUpdate,
  content: Incoming,
  upload: Upload | null,
): Promise<boolean> {
  if (!(await finish(tx, id))) return false;
  const place = await placeFor(tx, chatId, content, agentsChat);
  if (!place) return false;
  const { thread, sender } = place;
  for (const part of await partsOf(tx, content, upload)) {
    const message = await writeMessage(tx, thread, { sender, authorId: null, nonce: null, ...part });
    if (sender === 'AGENT') await outlet.agentWrote(tx, message, thread);
    // Agents have read in their chat what was written there.
    else if (chatId !== agentsChat) await outlet.visitorWrote(tx, message, thread);
  }
  // Who answers this, of the agents, means the same thread.
  const link = { chatId, messageId, threadId: thread.id };
  if (sender === 'AGENT') await insertIfAbsent(tx.manager, TelegramLink, link);
  return true;
}

/** What a message becomes: a file with as much of its text as fits, then the rest; what could not be brought is a text that says so. */
async function partsOf(tx: Transaction, { text, file }: Incoming, upload: Upload | null) {
  const texts = asMessages(text);
  const asText = (text: string) => ({ type: 'TEXT' as const, text, upload: null });
  if (!file) return texts.map(asText);
  if (!upload?.url) return [...texts, missingFile].map(asText);
  const kept = await keepUpload(tx, upload.url, file.type);
  const [caption = null, ...rest] = texts;
  return [{ type: file.type, text: caption, upload: kept }, ...rest.map(asText)];
}

/** Whether it was still to be done. */
async function finish({ manager }: Transaction, id: string): Promise<boolean> {
  const { affected } = await manager.update(TelegramUpdate, { id, dueAt: Not(IsNull()) }, { dueAt: null, body: null });
  return affected === 1;
}

async function failed(parts: TakingParts, update: TelegramUpdate, content: Incoming, error: unknown): Promise<void> {
  const { database, logger } = parts;
  const { id, chatId, tries } = update;
  const limited = codeOf(error) === 'RATE_LIMITED';
  const wait = limited ? undefined : waits[tries - 1];
  logger.warn({ err: error, chatId, givenUp: wait === undefined }, 'a message of Telegram could not be taken');
  if (wait !== undefined) {
    const dueAt = new Date(Date.now() + wait);
    await database.write(({ manager }) => manager.update(TelegramUpdate, { id }, { dueAt }));
  } else if (limited) await database.write((tx) => finish(tx, id));
  else await takeWithoutFile(parts, update, content);
}

/** Writes what there is of a message whose file does not come. What cannot be written even so goes, as it would keep what is behind it. */
async function takeWithoutFile(parts: TakingParts, update: TelegramUpdate, content: Incoming): Promise<void> {
  const { database, logger } = parts;
  const { id, chatId } = update;
  try {
    await database.write((tx) => write(parts, tx, update, content, null));
  } catch (error) {
    logger.error({ err: error, chatId }, 'a message of Telegram is lost');
    await database.write((tx) => finish(tx, id));
  }
}

/** Forgets what came long ago. It is little, and done in one go. */
export async function forgetOld(database: Database): Promise<false> {
  const old = { dueAt: IsNull(), receivedAt: LessThan(new Date(Date.now() - rememberedFor)) };
  await database.write(({ manager }) => manager.delete(TelegramUpdate, old));
  return false;
}
