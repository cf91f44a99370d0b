import { fileTypeFromBuffer } from 'file-type';
import { type ContentType, type Folder, typeNamed, typesIn } from './content-types.ts';
import { gif } from './format/gif.ts';
import { jpeg } from './format/jpeg.ts';
import { mp3 } from './format/mp3.ts';
import { ogg } from './format/ogg.ts';
import { png } from './format/png.ts';
import { wav, webp } from './format/riff.ts';
import { Scanner, type Structure } from './format/scanner.ts';
import { webm } from './format/webm.ts';
import type { Bytes } from './storage.ts';

/** A file of no type that is taken. */
export class UnknownType extends Error {
  override readonly name = 'UnknownType';
}

export interface Examined {
  readonly contentType: ContentType;
  /** The same bytes, held to the structure of the type. @throws BrokenFile while it is read */
  readonly body: Bytes;
}

/** How much tells a type, in bytes. */
const headLength = 4_100;

const structures: Readonly<Record<ContentType, Structure>> = {
  'image/png': png,
  'image/jpeg': jpeg,
  'image/gif': gif,
  'image/webp': webp,
  'audio/webm': webm,
  'audio/ogg': ogg,
  'audio/wav': wav,
  'audio/mpeg': mp3,
};

/**
 * Tells from its bytes what a file is. Names and headers are not asked: whoever sends the file wrote them. That it begins as one does not make
 * it one, so what is read of it further on must be one to its end, where nothing may follow. @throws UnknownType
 */
export async function examine(source: Bytes, folder: Folder): Promise<Examined> {
  const pieces = source[Symbol.asyncIterator]();
  try {
    const head = await readHead(pieces);
    const contentType = await typeOf(head);
    if (!contentType || !typesIn(folder).includes(contentType)) throw new UnknownType(`Not a file for ${folder}.`);
    return { contentType, body: held(head, pieces, structures[contentType]) };
  } catch (error) {
    await pieces.return?.();
    throw error;
  }
}

async function readHead(pieces: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  for (let bytes = 0; bytes < headLength; ) {
    const { done, value } = await pieces.next();
    if (done) break;
    read.push(value);
    bytes += value.length;
  }
  return Buffer.concat(read);
}

/** A PNG that moves is one; and a WebM or Ogg is called a video until one looks inside, which its structure does. */
async function typeOf(head: Buffer): Promise<ContentType | null> {
  return typeNamed((await fileTypeFromBuffer(head))?.mime ?? '');
}

async function* held(
  head: Buffer,
  pieces: AsyncIterator<Uint8Array>,
  structure: Structure,
): AsyncGenerator<Uint8Array> {
  const scanner = new Scanner(structure);
  try {
    for (let piece: Uint8Array = head; ; ) {
      const kept = scanner.push(piece);
      if (kept.length > 0) yield kept;
      const { done, value } = await pieces.next();
      if (done) break;
      piece = value;
    }
    scanner.end();
  } finally {
    await pieces.return?.();
  }
}
