import type { Readable } from 'node:stream';
import type { Database } from '@kopru/runtime/database/database.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { examine, UnknownType } from '@kopru/runtime/storage/examine.ts';
import { BrokenFile } from '@kopru/runtime/storage/format/scanner.ts';
import { FileTooLarge, type Storage } from '@kopru/runtime/storage/storage.ts';
import { completeUpload, discardUpload, reserveUpload } from '../upload/upload.service.ts';
import { nameOf, type Upload } from '../upload/upload.ts';
import type { Incoming } from './incoming.ts';
import { type TelegramApi, TelegramFailure } from './telegram.api.ts';

/** The same as for uploads, in bytes. */
const mostBytes = 16 * 1024 * 1024;

export interface FileParts {
  readonly database: Database;
  readonly api: TelegramApi;
  readonly storage: () => Storage;
  readonly logger: Logger;
}

/**
 * Brings a file over from Telegram, as an upload of ours; null where it is one that we do not take, or that Telegram does not give.
 * @throws TelegramFailure, UNAVAILABLE where another try may bring it
 */
export async function bringFile(parts: FileParts, { id, type }: NonNullable<Incoming['file']>): Promise<Upload | null> {
  const { database, api, storage, logger } = parts;
  let source: Readable | undefined;
  let reserved: Upload | undefined;
  try {
    source = await api.download(id);
    const { contentType, body } = await examine(source, type === 'IMAGE' ? 'images' : 'audio');
    const upload = await database.write((tx) => reserveUpload(tx, type));
    reserved = upload;
    const { url, size } = await storage().put(nameOf(upload), body, { contentType, limit: mostBytes });
    return await database.write((tx) => completeUpload(tx, { id: upload.id, contentType, size, url }));
  } catch (error) {
    source?.destroy();
    if (reserved) await discardUpload(database, reserved.id);
    if (!isRefusal(error)) throw error;
    logger.info({ err: error }, 'a file of Telegram is not taken');
    return null;
  }
}

/** Whether another try would bring the same. Telegram gives bots no files over 20 MB. */
const isRefusal = (error: unknown): boolean =>
  error instanceof UnknownType ||
  error instanceof BrokenFile ||
  error instanceof FileTooLarge ||
  (error instanceof TelegramFailure && error.final);
