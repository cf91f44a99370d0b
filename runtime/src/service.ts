import {
  type CommonSettings,
  ConfigError,
  commonSettings,
  readSettings,
  type Settings,
  subgraphUrlKey,
  subgraphUrlSettings,
} from './config.ts';
import { codeOf } from './errors.ts';
import type { Outside } from './events/event.ts';
import { type Ground, openGround } from './ground.ts';
import { createHttpServer, listen } from './http.ts';
import { createLogger, type Logger } from './logger.ts';
import { stopOnSignal, stopSignals } from './stop.ts';
import type { SubgraphDefinition } from './subgraph/definition.ts';
import { openSubgraph } from './subgraph/open.ts';
import { serveSubgraph } from './subgraph/serve.ts';

/** What a service that runs alone shares with others, each by what it takes. */
const shared = {
  DATABASE_URL: 'the mysql:// URL of the database that all processes of a subgraph share',
  REDIS_URL: 'the redis:// URL of the event log that all of them share',
  JWT_PRIVATE_KEY: 'the Ed25519 private key, in PKCS #8 PEM, that all of them share',
} as const satisfies Partial<Record<keyof CommonSettings, string>>;

/**
 * Reads the settings of a service that runs alone: what it shares with the others, it must be told.
 * `subgraphs` are the usual URLs by name; `more` is what it shares beyond what all do. @throws ConfigError
 */
export function clusterSettings<Own extends Settings>(
  subgraphs: Readonly<Record<string, string>>,
  own: Own,
  more: readonly (keyof typeof shared)[] = [],
) {
  const settings = readSettings({ ...commonSettings, ...subgraphUrlSettings(subgraphs), ...own }, process.env);
  const missing = ([...more, 'REDIS_URL', 'JWT_PRIVATE_KEY'] as const).filter((key) => !process.env[key]?.trim());
  if (missing.length > 0)
    throw new ConfigError(
      missing.map((key) => `${key} is not set; a service that runs alone takes ${shared[key]}.`).join('\n'),
    );
  return settings;
}

/** As sysexits.h has them: 78 calls for other settings; after 69 the same start may succeed later. */
const exitCodes = { unavailable: 69, config: 78 } as const;

/** Starts a service; one that cannot work ends the process with the sentences that say why. */
export async function main(start: () => Promise<{ logger: Logger; close: () => Promise<void> }>): Promise<void> {
  // Nothing is served yet, and whatever is half done goes on at the next start. Without this, the first process of a container would not hear it.
  const stopEarly = (): never => process.exit(0);
  for (const signal of stopSignals) process.on(signal, stopEarly);
  try {
    const { logger, close } = await start();
    stopOnSignal(logger, close);
    for (const signal of stopSignals) process.off(signal, stopEarly);
  } catch (error) {
    const away = codeOf(error) === 'UNAVAILABLE';
    if (!away && !(error instanceof ConfigError)) throw error;
    process.stderr.write(`Cannot start:\n${(error as Error).message}\n`);
    // What was opened before may keep the process from ending by itself.
    process.exit(away ? exitCodes.unavailable : exitCodes.config);
  }
}

/** Runs one subgraph as a service of its own, on the port of its `SUBGRAPH_<NAME>_URL`. `outside` is how its events look to others. */
export function run(
  definition: SubgraphDefinition,
  subgraphs: Readonly<Record<string, string>>,
  outside: Outside,
): Promise<void> {
  return main(async () => {
    const settings = clusterSettings(subgraphs, definition.settings ?? {}, ['DATABASE_URL']);
    const logger = createLogger(definition.name, settings.LOG_LEVEL);
    const ground = await openGround(definition.name, settings, { logger, outside });
    const { close, port } = await serveOne(definition, ground);
    logger.info({ port }, `${definition.name} is ready`);
    return { logger, close };
  });
}

async function serveOne(definition: SubgraphDefinition, ground: Ground) {
  const { settings, logger, metrics, needs, tokens } = ground;
  const opened = await openSubgraph(definition, ground);
  const server = createHttpServer({
    service: definition.name,
    logger,
    metrics,
    // Without RabbitMQ: while it is away, events wait in the outbox and everything else is served.
    needs: { database: () => opened.database.ping(), ...needs },
    metricsToken: settings.METRICS_TOKEN,
  });
  serveSubgraph(server, opened.subgraph, tokens);
  const key = subgraphUrlKey(definition.name);
  const own = new URL(String(settings[key]));
  const port = await listen(server, settings.HOST, Number(own.port || 80), key);
  return {
    port,
    async close() {
      await server.close();
      await opened.close();
      await ground.close();
    },
  };
}
