import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keysFromDirectory } from './keys.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopru-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the pair is made once, whoever asks first, and nothing else is left', async () => {
  const made = await Promise.all([keysFromDirectory(folder), keysFromDirectory(folder)]);
  made.push(await keysFromDirectory(folder));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(await readdir(folder)).toEqual(['jwt-private-key.pem']);
});

test('a file that holds no key is named', async () => {
  const path = join(folder, 'jwt-private-key.pem');
  await writeFile(path, 'nonsense');
  await expect(keysFromDirectory(folder)).rejects.toThrow(
    `DATA_DIR is ${JSON.stringify(folder)}, where ${path} is no Ed25519 private key.`,
  );
  await expect(keysFromDirectory(path)).rejects.toThrow(`DATA_DIR is ${JSON.stringify(path)}, which is not a folder`);
});
