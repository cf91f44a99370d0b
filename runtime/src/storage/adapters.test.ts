import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newFileId, sampleFiles, wavOf } from '../testing/files.ts';
import { openS3 } from '../testing/storage/s3.ts';
import { storages, type TestStorage } from '../testing/storage/storages.ts';
import { S3Storage } from './s3.ts';
import { type ByteRange, type FileName, FileTooLarge, type Storage } from './storage.ts';

const mebibyte = 1024 * 1024;
const limit = 16 * mebibyte;
const png = { contentType: 'image/png', limit } as const;

/** A body that counts how much of it was asked for, and whether it was closed. */
class Source {
  given = 0;
  closed = false;
  readonly #pieces: Iterable<Uint8Array>;
  readonly #failure: Error | undefined;

  constructor(pieces: Iterable<Uint8Array>, failure?: Error) {
    this.#pieces = pieces;
    this.#failure = failure;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (const piece of this.#pieces) {
        this.given += piece.length;
        yield piece;
      }
      if (this.#failure) throw this.#failure;
    } finally {
      this.closed = true;
    }
  }
}
const mebibytes = (count: number): Uint8Array[] => Array.from({ length: count }, () => randomBytes(mebibyte));

async function contentOf(storage: Storage, name: FileName, range?: ByteRange) {
  const file = await storage.open(name, range);
  if (!file) return null;
  const pieces: Buffer[] = [];
  for await (const piece of file.body) pieces.push(piece);
  return { contentType: file.contentType, size: file.size, content: Buffer.concat(pieces) };
}

describe.each(storages)('files in $name', ({ open }) => {
  let test: TestStorage;
  let storage: Storage;
  const image = (): FileName => `images/${newFileId()}`;

  beforeEach(async () => {
    test = await open();
    storage = test.storage;
  });
  afterEach(() => test[Symbol.asyncDispose]());

  it.each([
    ['a small image', 'images', 'image/png', sampleFiles['image/png']],
    ['a small sound', 'audio', 'audio/wav', sampleFiles['audio/wav']],
    ['a large sound', 'audio', 'audio/wav', wavOf(12 * mebibyte)],
  ] as const)('keep %s as it is', async (_, folder, contentType, content) => {
    const name: FileName = `${folder}/${newFileId()}`;
    const stored = await storage.put(name, Readable.from([content]), { contentType, limit });
    expect(stored.size).toBe(content.length);
    expect(stored.url).toMatch(/^(https:\/\/|\/uploads\/)/);
    const kept = await contentOf(storage, name);
    expect(kept).toMatchObject({ contentType, size: content.length });
    expect(kept?.content.equals(content)).toBe(true);
    expect(await test.held()).toBe(1);
  });

  it('give a part of a file, and say how large the whole is', async () => {
    const name = image();
    const content = Buffer.concat([sampleFiles['image/png'], randomBytes(1_000)]);
    await storage.put(name, Readable.from([content]), png);
    for (const [from, to] of [
      [0, 0],
      [0, 9],
      [5, 5],
      [40, 1_000_000],
      [50, undefined],
    ] as const) {
      const part = await contentOf(storage, name, { from, to });
      expect(part?.content).toEqual(content.subarray(from, to === undefined ? undefined : to + 1));
      expect(part?.size).toBe(content.length);
    }
    expect(await storage.open(name, { from: content.length })).toBeNull();
  });

  it('give nothing for a name that nothing has, and take nothing away', async () => {
    expect(await storage.open(image())).toBeNull();
    await storage.delete(image());
    expect(await test.held()).toBe(0);
  });

  it('are gone when they are deleted', async () => {
    const name = image();
    await storage.put(name, Readable.from([sampleFiles['image/png']]), png);
    await storage.delete(name);
    expect(await storage.open(name)).toBeNull();
    expect(await test.held()).toBe(0);
    await storage.delete(name);
  });

  it('may be as large as allowed, and leave nothing behind where they are larger', async () => {
    const name = image();
    const source = new Source(mebibytes(20));
    await expect(storage.put(name, source, png)).rejects.toBeInstanceOf(FileTooLarge);
    expect(source.closed).toBe(true);
    expect(source.given).toBe(17 * mebibyte);
    await expect.poll(test.held).toBe(0);
    expect(await storage.open(name)).toBeNull();
    await storage.put(name, new Source(mebibytes(16)), png);
    expect(await test.held()).toBe(1);
  });

  it.each([0, 1, 7, 12])('leave nothing behind where a body breaks off after %s MiB', async (count) => {
    const failure = new Error('The client has gone.');
    await expect(storage.put(image(), new Source(mebibytes(count), failure), png)).rejects.toBe(failure);
    await expect.poll(test.held).toBe(0);
  });

  it('are refused while the storage is away, without a word of why', async () => {
    const name = image();
    await storage.put(name, Readable.from([sampleFiles['image/png']]), png);
    await test.takeAway();
    const source = new Source(mebibytes(12));
    // Whoever was never asked for anything has nothing to close.
    const away = { code: 'UNAVAILABLE', message: 'Files cannot be stored at the moment.' };
    await expect(storage.put(image(), source, png)).rejects.toMatchObject(away);
    expect(source.closed).toBe(source.given > 0);
    expect(source.given).toBeLessThanOrEqual(8 * mebibyte);
  });

  it('can be read in halves', async () => {
    const name: FileName = `audio/${newFileId()}`;
    await storage.put(name, Readable.from([wavOf(8 * mebibyte)]), { contentType: 'audio/wav', limit });
    const file = await storage.open(name);
    file?.body.destroy();
    for await (const piece of (await storage.open(name))?.body ?? []) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await storage.delete(name);
  });
});

it('a file in S3 is held in parts of 5 MiB, one at a time', async () => {
  await using server = await openS3();
  const storage = new S3Storage(server.bucket);
  const name: FileName = `images/${newFileId()}`;
  await storage.put(name, new Source(mebibytes(12)), png);
  expect(server.puts).toEqual([5 * mebibyte, 5 * mebibyte, 2 * mebibyte]);
  await storage.close();
});

it('nobody but who has the key writes to S3', async () => {
  await using server = await openS3();
  const storage = new S3Storage({ ...server.bucket, secretAccessKey: 'another' });
  const put = storage.put(`images/${newFileId()}`, new Source(mebibytes(1)), png);
  await expect(put).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(server.objects.size).toBe(0);
  await storage.close();
});
