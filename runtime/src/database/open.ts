import { join } from 'node:path';
import type { Destination } from '../events/log.ts';
import { RuntimeOutbox1600000000000 } from '../events/outbox.migration.ts';
import { OutboxLane, OutboxRow } from '../events/outbox.ts';
import { Relay, secondsSince } from '../events/relay.ts';
import type { Logger } from '../logger.ts';
import type { Database } from './database.ts';
import type { Engine, EntityClass, MigrationClass } from './engine.ts';
import { openMysql } from './mysql.ts';
import { openSqlite } from './sqlite.ts';
import { Statements } from './statements.ts';
import { write } from './write.ts';

export interface DatabaseOptions {
  /** The subgraph's name; its file or schema is named after it. */
  readonly name: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  readonly settings: {
    /** `mysql://user:password@host:port/prefix`; the schema is `<prefix>_<name>`. SQLite where absent. */
    readonly databaseUrl?: string | undefined;
    /** A replica that reads go to, in the same form. */
    readonly databaseReadUrl?: string | undefined;
    /** How long the server may keep a statement waiting, in milliseconds; 10,000 unless told. */
    readonly databaseSilence?: number | undefined;
    /** Where SQLite keeps `<name>.sqlite`. */
    readonly dataDir: string;
  };
  /** Where the events go. It stays open when the database closes. */
  readonly destination: Destination;
  /** Told of each event that was relayed, how long after it was written, in seconds. */
  readonly relayed?: ((seconds: number) => void) | undefined;
  readonly logger: Logger;
}

/** Opens a subgraph's database, brings its schema up to date, and starts relaying what waits in its outbox. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { destination, relayed, logger } = options;
  const statements = new Statements(logger);
  const engine = await openEngine(options, statements);
  const relay = new Relay({ store: engine.outbox, destination, relayed, logger });
  return {
    reader: engine.reader,
    outbox: {
      depth: () => engine.outbox.depth(),
      oldest: async () => secondsSince(await engine.outbox.oldest()),
      relayed: () => relay.relayed,
      failures: () => relay.failures,
    },
    pools: engine.pools,
    write: (work) => write(engine, relay, work),
    drained: () => relay.drained(),
    onStatement: (listener) => statements.listen(listener),
    ping: () => engine.ping(),
    async close() {
      await relay.close();
      await engine.close();
    },
  };
}

function openEngine({ name, settings, ...options }: DatabaseOptions, statements: Statements): Promise<Engine> {
  const entities = [...options.entities, OutboxRow, OutboxLane];
  const migrations = [RuntimeOutbox1600000000000, ...options.migrations];
  const { databaseUrl, databaseReadUrl, databaseSilence, dataDir } = settings;
  if (!databaseUrl) return openSqlite({ file: join(dataDir, `${name}.sqlite`), entities, migrations, statements });
  return openMysql({
    name,
    url: databaseUrl,
    readUrl: databaseReadUrl,
    silence: databaseSilence,
    entities,
    migrations,
    statements,
    logger: options.logger,
  });
}
