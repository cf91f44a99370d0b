import { isStale } from './stale.ts';

/**
 * Builds the pages into `dist`; with `--if-stale` only where a source is newer than what is there.
 * Without the tools of development there is nothing to build with: who installs so brings the pages along.
 */
if (hasTools() && (!process.argv.includes('--if-stale') || (await isStale()))) {
  const { buildPages } = await import('./vite.ts');
  await buildPages();
}

function hasTools(): boolean {
  try {
    import.meta.resolve('vite');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return false;
    throw error;
  }
}
