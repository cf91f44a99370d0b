import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printSchema } from 'graphql';
import { operationModules } from './operations.ts';
import { subgraphSchemas } from './subgraphs.ts';
import { composeSupergraph } from './supergraph.ts';

/**
 * `npm run schema` writes what is derived from code: the subgraphs' schemas, the supergraph, what clients see of it, and the typed operations.
 * With `--check` it writes nothing and fails, naming the files that are out of date.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const subgraphs = await subgraphSchemas(fileURLToPath(new URL('../../subgraphs/', import.meta.url)));
const supergraph = composeSupergraph(subgraphs);
const files = new Map([
  ...subgraphs.map(({ name, sdl }) => [`${root}subgraphs/${name}.graphql`, sdl] as const),
  [`${root}supergraph.graphql`, supergraph.sdl] as const,
  [`${root}api.graphql`, `${printSchema(supergraph.apiSchema)}\n`] as const,
  ...(await operationModules(`${root}operations/`, supergraph.apiSchema)),
]);

const stale: string[] = [];
for (const [file, text] of files) {
  if ((await current(file)) === text) continue;
  stale.push(relative(root, file));
  if (!process.argv.includes('--check')) await writeFile(file, text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`Out of date under schema/: ${stale.join(', ')}. Run \`npm run schema\` and commit what it writes.`);
  process.exitCode = 1;
} else {
  console.log(`schema/: ${files.size} files, ${stale.length} written.`);
}

async function current(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
