import type { Readable } from 'node:stream';
import { isUuid } from '../ids.ts';
import { type ContentType, extensionOf, type Folder, folders } from './content-types.ts';

/** The name of a file, made by us and without an ending: `images/<uuid>` or `audio/<uuid>`. */
export type FileName = `${Folder}/${string}`;

/** Bytes as they come; nobody asks for the next before the last are written, so nothing piles up. */
export type Bytes = AsyncIterable<Uint8Array>;

export interface PutOptions {
  /** Told from the bytes by whoever puts them; this is what the file will be served as. */
  readonly contentType: ContentType;
  /** The most it may hold, in bytes. */
  readonly limit: number;
}

export interface StoredFile {
  /** Where clients find it: absolute, or a path of this installation, `/uploads/images/<uuid>.png`. */
  readonly url: string;
  /** In bytes. */
  readonly size: number;
}

/** A part of a file, from its first byte to its last, both included. Without `to`, to its end. */
export interface ByteRange {
  readonly from: number;
  readonly to?: number | undefined;
}

export interface OpenFile {
  readonly contentType: ContentType;
  /** Of the whole file, in bytes. */
  readonly size: number;
  /** What is asked for, and no more. Whoever does not read all of it destroys it. */
  readonly body: Readable;
}

/** Where uploaded files are kept. Files are written once, whole or not at all, and never change. */
export interface Storage {
  /** From which origin clients fetch the files; null where it is our own. */
  readonly origin: string | null;
  /**
   * Stores what `body` gives. Where that fails, is too large or is not taken, nothing is left behind.
   * @throws FileTooLarge past the limit; UNAVAILABLE where the storage does not take it; whatever `body` throws
   */
  put(name: FileName, body: Bytes, options: PutOptions): Promise<StoredFile>;
  /** Takes a file away; one that is not there is none to take away. @throws UNAVAILABLE */
  delete(name: FileName): Promise<void>;
  /** A file, or a part of it; null where there is none, or where `range` begins behind its end. @throws UNAVAILABLE */
  open(name: FileName, range?: ByteRange): Promise<OpenFile | null>;
  close(): Promise<void>;
}

/** A file holds more than it may. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
  /** In bytes. */
  readonly limit: number;
  constructor(limit: number) {
    super(`The file holds more than ${limit} bytes.`);
    this.limit = limit;
  }
}

/** Whether this is a name that a file may have; there is no other way from a text to a file. */
export function isFileName(text: string): text is FileName {
  const [folder = '', id, ...rest] = text.split('/');
  return Object.hasOwn(folders, folder) && isUuid(id) && rest.length === 0;
}

/** Where this installation serves a file itself, at its door for older clients. */
export const servedPath = (name: FileName, type: ContentType): string => `/uploads/${name}.${extensionOf(type)}`;
