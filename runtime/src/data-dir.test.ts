import { expect, test } from 'vitest';
import { dataDirError } from './data-dir.ts';
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
