import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataDirError, makeFolder } from './data-dir.ts';
import { SqliteConnection } from './database/libsql.ts';

const failed = (code: string): Error => Object.assign(new Error('said.'), { code });

test.each([
  ['ENOTDIR', 'DATA_DIR is "data", which is not a folder: said.'],
  ['EISDIR', 'DATA_DIR is "data", which holds a folder where a file should be: said.'],
  ['EROFS', 'DATA_DIR is "data", where this user may not read and write: said.'],
  ['SQLITE_FULL', 'DATA_DIR is "data", where there is no room left: said.'],
  ['SQLITE_CORRUPT', 'DATA_DIR is "data", which holds a database that is damaged, or a file that is none: said.'],
  ['SQLITE_IOERR_WRITE', 'DATA_DIR is "data", which cannot be read and written: said.'],
])('%s', (code, message) => {
  expect(dataDirError(failed(code), 'data')).toMatchObject({ name: 'ConfigError', message });
});

test('a database that cannot be opened', () => {
  try {
    new SqliteConnection('/no/such/folder/x.sqlite');
    expect.unreachable();
  } catch (error) {
    expect(dataDirError(error, 'data')).toMatchObject({ message: expect.stringContaining('may not read and write') });
  }
});

test('what is not the fault of the folder stays as it is', () => {
  const error = failed('SQLITE_ERROR');
  expect(dataDirError(error, 'data')).toBe(error);
});

test('a folder is made with those above it, by several at once too', async () => {
  const place = await mkdtemp(join(tmpdir(), 'kopru-test-'));
  onTestFinished(() => rm(place, { recursive: true }));
  const folder = join(place, 'a', 'b', 'c');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(place, 'a'))]);
  expect((await stat(folder)).isDirectory()).toBe(true);
  await writeFile(join(place, 'file'), '');
  await expect(makeFolder(join(place, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(place, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('where no folder can be made, that is said, and soon', async () => {
  const failure = await makeFolder('/proc/kopru/data').catch((error: unknown) =>
    dataDirError(error, '/proc/kopru/data'),
  );
  expect(failure).toMatchObject({
    name: 'ConfigError',
    message: expect.stringMatching(
      /^DATA_DIR is "\/proc\/kopru\/data", (which cannot be made|where this user may not)/,
    ),
  });
});
