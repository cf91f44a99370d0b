import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Folder } from '@kopru/runtime/storage/content-types.ts';
import { examine } from '@kopru/runtime/storage/examine.ts';
import { FileTooLarge, type Storage } from '@kopru/runtime/storage/storage.ts';
import type { UploadDesk } from './desk.ts';
import { takeFile } from './form.ts';

/** The largest file, in bytes: 16 MB as the document counts them. */
const mostBytes = 16 * 1_024 * 1_024;
/** What a form has beside its file, in bytes. */
const mostAround = 64 * 1_024;
/** How long a file may take to arrive, in milliseconds. */
const usualPatience = 55_000;

export interface ReceiveParts {
  readonly storage: Storage;
  readonly desk: UploadDesk;
  readonly logger: Logger;
  /** How long a file may take to arrive, in milliseconds, where not as long as usual. */
  readonly patience?: number | undefined;
}

/**
 * Stores the file that a request brings while it comes, and gives its URL.
 * @throws BadForm, TooSlow, UnknownType, BrokenFile; FileTooLarge; RATE_LIMITED, UNAVAILABLE
 */
export async function receive(
  parts: ReceiveParts,
  request: IncomingMessage,
  folder: Folder,
  address: string,
): Promise<string> {
  // Whoever says that it is too large need not send it first.
  if (Number(request.headers['content-length']) > mostBytes + mostAround) throw new FileTooLarge(mostBytes);
  return takeFile(request, parts.patience ?? usualPatience, (file) => store(parts, file, folder, address));
}

async function store(
  { storage, desk, logger }: ReceiveParts,
  file: Readable,
  folder: Folder,
  address: string,
): Promise<string> {
  const { contentType, body } = await examine(file, folder);
  const reservation = await desk.reserve(folder, address);
  try {
    const stored = await storage.put(reservation.name, body, { contentType, limit: mostBytes });
    await desk.complete(reservation, stored, contentType);
    return stored.url;
  } catch (error) {
    // Should this fail as well, the reservation runs out by itself.
    await desk
      .discard(reservation)
      .catch((discarding: unknown) => logger.warn({ err: discarding }, 'a failed upload could not be discarded'));
    throw error;
  }
}
