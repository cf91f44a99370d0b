import {
  type CommonSettings,
  ConfigError,
  commonSettings,
  readSettings,
  type Settings,
  subgraphUrlKey,
  subgraphUrlSettings,
} from './config.ts';
import type { Outside } from './events/event.ts';
import { type Ground, openGround } from './ground.ts';
import { createHttpServer, listen } from './http.ts';
import { createLogger, type Logger } from './logger.ts';
import { stopOnSignal } from './stop.ts';
import type { SubgraphDefinition } from './subgraph/definition.ts';
import { openSubgraph } from './subgraph/open.ts';
import { serveSubgraph } from './subgraph/serve.ts';

/**
 * Reads the settings of a service that runs alone: what it shares with the others, it must be told.
 * `subgraphs` are the usual URLs by name. @throws ConfigError
 */
export function clusterSettings<Own extends Settings>(subgraphs: Readonly<Record<string, string>>, own: Own) {
  const settings = readSettings({ ...commonSettings, ...subgraphUrlSettings(subgraphs), ...own }, process.env);
  const common = settings as unknown as CommonSettings;
  const missing: string[] = [];
  if (!common.REDIS_URL)
    missing.push(
      'REDIS_URL is not set; a service that runs alone takes the redis:// URL of the event log that all of them share.',
    );
  if (!common.JWT_PRIVATE_KEY)
    missing.push(
      'JWT_PRIVATE_KEY is not set; a service that runs alone takes the Ed25519 private key, in PKCS #8 PEM, that all of them share.',
    );
  if (missing.length > 0) throw new ConfigError(missing.join('\n'));
  return settings;
}

/** Starts a service; a configuration that cannot work ends the process with the sentences that say why. */
export async function main(start: () => Promise<{ logger: Logger; close: () => Promise<void> }>): Promise<void> {
  try {
    const { logger, close } = await start();
    stopOnSignal(logger, close);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`Cannot start:\n${error.message}\n`);
    // What was opened before may keep the process from ending by itself.
    process.exit(78);
  }
}

/** Runs one subgraph as a service of its own, on the port of its `SUBGRAPH_<NAME>_URL`. `outside` is how its events look to others. */
export function run(
  definition: SubgraphDefinition,
  subgraphs: Readonly<Record<string, string>>,
  outside: Outside,
  own: Settings = {},
): Promise<void> {
  return main(async () => {
    const settings = clusterSettings(subgraphs, own);
    const logger = createLogger(definition.name, settings.LOG_LEVEL);
    const ground = await openGround(definition.name, settings, { logger, outside });
    const { close, port } = await serveOne(definition, ground);
    logger.info({ port }, `${definition.name} is ready`);
    return { logger, close };
  });
}

async function serveOne(definition: SubgraphDefinition, ground: Ground) {
  const { settings, logger, metrics, log, tokens, revocations } = ground;
  const opened = await openSubgraph(definition, ground);
  const server = createHttpServer({
    service: definition.name,
    logger,
    metrics,
    // Without RabbitMQ: while it is away, events wait in the outbox and everything else is served.
    ready: () => Promise.all([opened.database.ping(), log.ping(), revocations.ready()]),
  });
  serveSubgraph(server, opened.subgraph, tokens);
  const own = new URL(String(settings[subgraphUrlKey(definition.name)]));
  const port = await listen(server, settings.HOST, Number(own.port || 80));
  return {
    port,
    async close() {
      await server.close();
      await opened.close();
      await ground.close();
    },
  };
}
