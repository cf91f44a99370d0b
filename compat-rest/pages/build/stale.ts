import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dist, pages } from './folders.ts';

/** Whether a file that the pages are made of is newer than the pages, or they are not there. */
export async function isStale(): Promise<boolean> {
  const built = await modified(join(dist, 'embed.js'));
  if (built === null) return true;
  const entries = await readdir(pages, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.parentPath.startsWith(dist) && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const times = await Promise.all([...files, join(pages, '../../package-lock.json')].map(modified));
  return times.some((time) => time !== null && time > built);
}

/** When a file was last written, in milliseconds since 1970; null where there is none. */
async function modified(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
