import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError, readSettings } from '../config.ts';
import { CloudinaryStorage } from './cloudinary.ts';
import { DiskStorage } from './disk.ts';
import { openStorage } from './open.ts';
import { S3Storage } from './s3.ts';
import { storageSettings } from './settings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopru-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

const opened = async (environment: NodeJS.ProcessEnv, DATA_DIR = folder) => {
  const storage = await openStorage({ ...readSettings(storageSettings, environment), DATA_DIR });
  await storage.close();
  return storage;
};
const account = { CLOUDINARY_CLOUD_NAME: 'a-cloud', CLOUDINARY_API_KEY: '123', CLOUDINARY_API_SECRET: 'a-secret' };
const bucket = { S3_BUCKET: 'files', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'a-secret' };

test('files are kept in the place that is set', async () => {
  expect(await opened({})).toBeInstanceOf(DiskStorage);
  expect(await opened({ CLOUDINARY_URL: 'cloudinary://123:a-secret@a-cloud' })).toBeInstanceOf(CloudinaryStorage);
  expect(await opened(account)).toBeInstanceOf(CloudinaryStorage);
  expect(await opened(bucket)).toBeInstanceOf(S3Storage);
  expect((await opened(bucket)).origin).toBeNull();
  expect((await opened({ ...bucket, S3_PUBLIC_URL: 'https://cdn.example/files/' })).origin).toBe('https://cdn.example');
});

test('a place that is set in half, or twice, is none, and nothing of a secret is said', async () => {
  const { CLOUDINARY_API_SECRET, ...half } = account;
  const { S3_SECRET_ACCESS_KEY, ...without } = bucket;
  const wrong = [half, without, { ...account, ...bucket }, { CLOUDINARY_URL: 'cloudinary://a-secret@a-cloud' }];
  for (const environment of [...wrong, { CLOUDINARY_URL: 'https://a-secret.example' }]) {
    const error: unknown = await opened(environment).catch((error: unknown) => error);
    expect(error, JSON.stringify(environment)).toBeInstanceOf(ConfigError);
    expect((error as Error).message).not.toContain('a-secret');
  }
});

test('a folder that cannot be one is a sentence about DATA_DIR', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(opened({}, file)).rejects.toThrow(/^DATA_DIR is .*which is not a folder/);
});
