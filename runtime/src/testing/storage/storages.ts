import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudinaryStorage } from '../../storage/cloudinary.ts';
import { DiskStorage } from '../../storage/disk.ts';
import { S3Storage } from '../../storage/s3.ts';
import type { Storage } from '../../storage/storage.ts';
import { openCloudinary } from './cloudinary.ts';
import { openS3 } from './s3.ts';

/** A storage, with a look at what is really kept there. */
export interface TestStorage extends AsyncDisposable {
  readonly storage: Storage;
  /** How many files there are, and parts and beginnings of such. */
  held(): Promise<number>;
  /** Makes it fail from now on. */
  takeAway(): Promise<void>;
}

/** Every storage there is: `describe.each(storages)('$name', ({ open }) => …)`. */
export const storages: readonly { readonly name: string; readonly open: () => Promise<TestStorage> }[] = [
  {
    name: 'a folder',
    async open() {
      const root = await mkdtemp(join(tmpdir(), 'kopru-files-'));
      const remove = (): Promise<void> => rm(root, { recursive: true, force: true });
      return {
        storage: await DiskStorage.open(root),
        held: async () =>
          (await readdir(root, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).length,
        takeAway: remove,
        [Symbol.asyncDispose]: remove,
      };
    },
  },
  {
    name: 'Cloudinary',
    async open() {
      const server = await openCloudinary();
      const storage = new CloudinaryStorage(server.account);
      return {
        storage,
        held: async () => server.files.size,
        takeAway: () => server[Symbol.asyncDispose](),
        async [Symbol.asyncDispose]() {
          await storage.close();
          await server[Symbol.asyncDispose]();
        },
      };
    },
  },
  {
    name: 'S3',
    async open() {
      const server = await openS3();
      const storage = new S3Storage(server.bucket);
      return {
        storage,
        held: async () => server.objects.size + server.uploads.size,
        takeAway: () => server[Symbol.asyncDispose](),
        async [Symbol.asyncDispose]() {
          await storage.close();
          await server[Symbol.asyncDispose]();
        },
      };
    },
  },
];
