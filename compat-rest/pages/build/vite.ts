import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { dist, pages } from './folders.ts';

/** What has the newest of what the pages use, `light-dark()`. */
const browsers = ['chrome123', 'firefox121', 'safari17.5'];

const common = {
  root: pages,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
} as const satisfies InlineConfig;

/** The three pages with their hashed assets, then `embed.js`, last: its time says when the whole was built. */
export async function buildPages(): Promise<void> {
  await build({
    ...common,
    build: {
      outDir: dist,
      emptyOutDir: true,
      target: browsers,
      // Nothing may stand in the document itself: the pages' policy forbids data: as well as inline.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: ['index', 'login', 'admin'].map((page) => join(pages, `${page}.html`)) },
    },
  });
  await build({
    ...common,
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: browsers,
      rolldownOptions: {
        input: join(pages, 'src/embed/main.ts'),
        output: { format: 'iife', entryFileNames: 'embed.js' },
      },
    },
  });
}
