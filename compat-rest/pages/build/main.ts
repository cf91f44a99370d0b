import { isStale } from './stale.ts';

/** Builds the pages into `dist`; with `--if-stale` only where a source is newer than what is there. */
if (!process.argv.includes('--if-stale') || (await isStale())) {
  const { buildPages } = await import('./vite.ts');
  await buildPages();
}
