import { ConfigError } from './config.ts';
import { reasonOf } from './errors.ts';

/** How files fail, and what that says of the folder they are in; reads on after "DATA_DIR is …, ". */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(EEXIST|ENOTDIR)$/, 'which is not a folder'],
  [/^EISDIR$/, 'which holds a folder where a file should be'],
  [/^(EACCES|EPERM|EROFS|SQLITE_CANTOPEN|SQLITE_READONLY\w*)$/, 'where this user may not read and write'],
  [/^(ENOSPC|EDQUOT|SQLITE_FULL)$/, 'where there is no room left'],
  [/^(SQLITE_NOTADB|SQLITE_CORRUPT\w*)$/, 'which holds a database that is damaged, or a file that is none'],
  [/^(EIO|SQLITE_IOERR\w*)$/, 'which cannot be read and written'],
];

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
