import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from './config.ts';
import { reasonOf } from './errors.ts';

/** How files fail, and what that says of the folder they are in; reads on after "DATA_DIR is …, ". */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(EEXIST|ENOTDIR)$/, 'which is not a folder'],
  [/^ENOENT$/, 'which cannot be made'],
  [/^EISDIR$/, 'which holds a folder where a file should be'],
  [/^(EACCES|EPERM|EROFS|SQLITE_CANTOPEN|SQLITE_READONLY\w*)$/, 'where this user may not read and write'],
  [/^(ENOSPC|EDQUOT|SQLITE_FULL)$/, 'where there is no room left'],
  [/^(SQLITE_NOTADB|SQLITE_CORRUPT\w*)$/, 'which holds a database that is damaged, or a file that is none'],
  [/^(EIO|SQLITE_IOERR\w*)$/, 'which cannot be read and written'],
];

/** Makes a folder and those above it, where they are not there. Node's own recursion does not end below /proc, where nothing can be made. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  }
}

/** What keeps a service from starting with this folder, in a sentence; anything that is not the folder's fault stays as it is. */
export function dataDirError(error: unknown, dataDir: string): unknown {
  const { code, message } = error as { code?: string; message?: string };
  // libsql gives everything a code but this.
  const said = message?.includes('Unable to open') ? 'SQLITE_CANTOPEN' : (code ?? '');
  const why = reasons.find(([codes]) => codes.test(said))?.[1];
  return why
    ? new ConfigError(`DATA_DIR is ${JSON.stringify(dataDir)}, ${why}: ${reasonOf(error)}.`, { cause: error })
    : error;
}
