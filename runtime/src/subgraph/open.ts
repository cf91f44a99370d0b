import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open.ts';
import type { Ground } from '../ground.ts';
import type { SubgraphDefinition } from './definition.ts';
import { boundEntries } from './entries.ts';
import { LocalSubgraph } from './local.ts';
import { relayLag, watchDatabase } from './metrics.ts';
import { subgraphSchema } from './schema.ts';
import { boundWrites } from './writes.ts';

/** A subgraph that runs in this process. */
export interface OpenSubgraph {
  readonly subgraph: LocalSubgraph;
  readonly database: Database;
  close(): Promise<void>;
}

/** Opens the database, migrates it, builds the schema and starts the subgraph's own jobs. */
export async function openSubgraph(definition: SubgraphDefinition, ground: Ground): Promise<OpenSubgraph> {
  const { name } = definition;
  const { settings, log, destination, quota, tokens, metrics } = ground;
  const logger = ground.logger.child({ subgraph: name });
  const database = await openDatabase({
    name,
    entities: definition.entities,
    migrations: definition.migrations,
    settings: {
      databaseUrl: settings.DATABASE_URL,
      databaseReadUrl: settings.DATABASE_READ_URL,
      dataDir: settings.DATA_DIR,
    },
    destination,
    relayed: relayLag(metrics, name),
    logger,
  });
  watchDatabase(metrics, name, database);
  const parts = definition.build({
    settings,
    database,
    log,
    destination,
    quota,
    tokens,
    logger,
    peer: ground.subgraph,
  });
  const schema = subgraphSchema(definition, parts);
  boundEntries(schema);
  boundWrites(schema, quota, settings.WRITES_PER_MINUTE);
  const subgraph = new LocalSubgraph({ name, schema, parts, tokens, log, logger });
  ground.register(subgraph);
  await parts.start?.();
  return {
    subgraph,
    database,
    async close() {
      await parts.close?.();
      await database.close();
    },
  };
}
