import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { subgraphSdl } from '@kopru/runtime/subgraph/schema.ts';

/** A subgraph as composition takes it. */
export interface SubgraphSchema {
  readonly name: string;
  readonly sdl: string;
}

/** Prints the schema of each folder's manifest, `src/subgraph.ts`, in the order of their names. */
export async function subgraphSchemas(folder: string): Promise<SubgraphSchema[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => {
      const manifest = `${folder}${name}/src/subgraph.ts`;
      const module: Record<string, SubgraphDefinition | undefined> = await import(pathToFileURL(manifest).href);
      const definition = module[name];
      if (!definition) throw new Error(`${manifest} exports no ${name}.`);
      return { name, sdl: `${subgraphSdl(definition).trimEnd()}\n` };
    }),
  );
}
