import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { newId } from '../ids.ts';
import { BoundedBody, storageAway } from './bounded.ts';
import { type ContentType, extensionOf, type Folder, folders, typesIn } from './content-types.ts';
import {
  type ByteRange,
  type Bytes,
  type FileName,
  type OpenFile,
  type PutOptions,
  type Storage,
  type StoredFile,
  servedPath,
} from './storage.ts';

/** Where files are while they are written; those there that are older than any upload takes, a process left that died. */
const partial = 'partial';
const abandonedAfter = 60 * 60 * 1000;

/** Files in a folder of this machine. Several processes may share it; ones on several machines need another storage. */
export class DiskStorage implements Storage {
  readonly origin = null;
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Makes the folders that are not there. */
  static async open(root: string): Promise<DiskStorage> {
    for (const folder of [...Object.keys(folders), partial]) await mkdir(join(root, folder), { recursive: true });
    await removeAbandoned(join(root, partial));
    return new DiskStorage(root);
  }

  async put(name: FileName, body: Bytes, { contentType, limit }: PutOptions): Promise<StoredFile> {
    const written = join(this.#root, partial, newId());
    const bounded = new BoundedBody(body, limit);
    try {
      await pipeline(bounded, createWriteStream(written, { flags: 'wx', mode: 0o640, flush: true }));
      await rename(written, this.#path(name, contentType));
    } catch (error) {
      await rm(written, { force: true });
      throw bounded.reason(error);
    }
    return { url: servedPath(name, contentType), size: bounded.size };
  }

  async delete(name: FileName): Promise<void> {
    try {
      await Promise.all(this.#candidates(name).map(({ path }) => rm(path, { force: true })));
    } catch (error) {
      throw storageAway(error);
    }
  }

  async open(name: FileName, { from, to }: ByteRange = { from: 0 }): Promise<OpenFile | null> {
    for (const { path, contentType } of this.#candidates(name)) {
      const size = await sizeOf(path);
      if (size === null) continue;
      if (from > 0 && from >= size) return null;
      return { contentType, size, body: createReadStream(path, { start: from, ...(to !== undefined && { end: to }) }) };
    }
    return null;
  }

  async close(): Promise<void> {}

  #path(name: FileName, type: ContentType): string {
    return join(this.#root, `${name}.${extensionOf(type)}`);
  }

  /** The name has no ending, so the file is one of these. */
  #candidates(name: FileName): { path: string; contentType: ContentType }[] {
    const [folder] = name.split('/') as [Folder];
    return typesIn(folder).map((contentType) => ({ contentType, path: this.#path(name, contentType) }));
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw storageAway(error);
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const file of await readdir(folder)) {
    const path = join(folder, file);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - abandonedAfter) await rm(path, { force: true });
  }
}
