import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { community } from '@kopru/community/subgraph.ts';
import { type OpenCompat, openCompat } from '@kopru/compat-rest/server.ts';
import { dreams } from '@kopru/dreams/subgraph.ts';
import { identity } from '@kopru/identity/subgraph.ts';
import { messaging } from '@kopru/messaging/subgraph.ts';
import { openGraph } from '@kopru/router/graph/open.ts';
import { openRouter } from '@kopru/router/server.ts';
import { ConfigError, readSettings, refuseUnknown } from '@kopru/runtime/config.ts';
import { dataDirError, makeFolder } from '@kopru/runtime/data-dir.ts';
import { SqliteConnection } from '@kopru/runtime/database/libsql.ts';
import { openGround } from '@kopru/runtime/ground.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { main } from '@kopru/runtime/service.ts';
import { openSubgraph } from '@kopru/runtime/subgraph/open.ts';
import { legacyEvents } from '@kopru/schema/legacy-events.ts';
import { support } from '@kopru/support/subgraph.ts';
import { settings } from './settings.ts';

/** Every subgraph of an installation, in the order in which they are opened. */
export const subgraphs = [identity, community, messaging, support, dreams];

/** Where a running Köprü is reached. */
export interface Urls {
  readonly graphql: string;
  readonly graphqlSocket: string;
  readonly sandbox: string;
  readonly chatRest: string;
  readonly chatSocket: string;
  readonly supportPage: string;
  readonly agentsPage: string;
  readonly gatewaySocket: string;
  readonly gatewayPage: string;
  /** Each serves `/health`, `/ready` and `/metrics`. */
  readonly origins: readonly string[];
}

export interface Kopru extends AsyncDisposable {
  readonly urls: Urls;
  readonly logger: Logger;
  /** Takes nothing new, lets what runs finish, closes sockets with 1001, then everything under them. */
  close(): Promise<void>;
}

/** Everything in one process, as the environment says; embedded databases and log where it says nothing. @throws ConfigError */
export async function startKopru(environment: NodeJS.ProcessEnv): Promise<Kopru> {
  const values = readSettings(settings, environment);
  await using opening = new AsyncDisposableStack();
  opening.defer(await lock(values.DATA_DIR));
  const ground = opening.adopt(await openGround('kopru', values, { outside: legacyEvents }), (ground) =>
    ground.close(),
  );
  for (const definition of subgraphs)
    opening.adopt(await openSubgraph(definition, ground), (subgraph) => subgraph.close());
  const graph = opening.adopt(await openGraph(ground), (graph) => graph.close());
  await ground.revocations.ready();
  const router = await openRouter({ ground, graph, settings: values });
  const closeRouter = once(() => router.close());
  opening.defer(closeRouter);
  const compat = await openCompat({ ground, graph, settings: values });
  const opened = opening.move();
  const close = once(async () => {
    await Promise.all([closeRouter(), compat.close()]);
    await opened.disposeAsync();
  });
  return {
    urls: urlsOf(values.HOST, router.port, compat.ports),
    logger: ground.logger,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Keeps a second start away from the same data, until what it returns is called; the lock goes with the process, however it ends. @throws ConfigError */
async function lock(dataDir: string): Promise<() => void> {
  let held: SqliteConnection | undefined;
  try {
    await makeFolder(dataDir);
    held = new SqliteConnection(join(dataDir, 'lock.sqlite'));
    held.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    held?.close();
    if ((error as { code?: unknown }).code !== 'SQLITE_BUSY') throw dataDirError(error, dataDir);
    throw new ConfigError(`DATA_DIR is ${JSON.stringify(dataDir)}, which another Köprü is using; each needs its own.`);
  }
  return () => void held.close();
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

function urlsOf(host: string, routerPort: number, { legacy, gatewaySocket, gatewayHttp }: OpenCompat['ports']): Urls {
  const reachable = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const at = (protocol: string, port: number, path = ''): string => `${protocol}://${reachable}:${port}${path}`;
  return {
    graphql: at('http', routerPort, '/graphql'),
    graphqlSocket: at('ws', routerPort, '/graphql'),
    sandbox: at('http', routerPort, '/'),
    chatRest: at('http', legacy, '/api/rest'),
    chatSocket: at('ws', legacy, '/api/ws'),
    supportPage: at('http', legacy, '/'),
    agentsPage: at('http', legacy, '/admin'),
    gatewaySocket: at('ws', gatewaySocket),
    gatewayPage: at('http', gatewayHttp, '/swagger'),
    origins: [routerPort, legacy, gatewayHttp].map((port) => at('http', port)),
  };
}

function table(urls: Urls): string {
  const { graphql, graphqlSocket, sandbox, chatRest, chatSocket, supportPage, agentsPage } = urls;
  const { gatewaySocket, gatewayPage, origins } = urls;
  const rows = [
    ['GraphQL', graphql],
    ['Apollo Sandbox', sandbox],
    ['GraphQL subscriptions', `${graphqlSocket} (graphql-transport-ws)`],
    ['Chat v1 REST', chatRest],
    ['Chat v1 WebSocket', chatSocket],
    ['Support chat', supportPage],
    ['Support chat, agents', agentsPage],
    ['WebSocket Gateway', gatewaySocket],
    ['Gateway documentation', gatewayPage],
    ...origins.map((origin) => ['Health and metrics', `${origin}/health, /ready, /metrics`]),
  ];
  return rows.map(([name = '', where]) => `  ${name.padEnd(22)} ${where}\n`).join('');
}

/** What `.env` says, where there is one, under what the environment says. @throws ConfigError for keys that are no settings. */
async function environmentFile(): Promise<NodeJS.ProcessEnv> {
  const text = await readFile('.env', 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const file = parseEnv(text);
  refuseUnknown(Object.keys(file), new Set(Object.keys(settings)));
  return { ...file, ...process.env };
}

/** Brings every database up to date and leaves nothing open. @throws ConfigError */
async function migrate(environment: NodeJS.ProcessEnv): Promise<Pick<Kopru, 'logger' | 'close'>> {
  const values = readSettings(settings, environment);
  await using opening = new AsyncDisposableStack();
  opening.defer(await lock(values.DATA_DIR));
  const ground = opening.adopt(await openGround('kopru', values, { outside: legacyEvents }), (ground) =>
    ground.close(),
  );
  for (const definition of subgraphs)
    opening.adopt(await openSubgraph(definition, ground), (subgraph) => subgraph.close());
  return { logger: ground.logger, close: async () => undefined };
}

async function run(): Promise<Pick<Kopru, 'logger' | 'close'>> {
  const environment = await environmentFile();
  const [command] = process.argv.slice(2);
  if (command === 'migrate') {
    const done = await migrate(environment);
    process.stdout.write('Every database is up to date.\n');
    return done;
  }
  if (command !== undefined)
    throw new ConfigError(`${command} is not a command; there is "migrate", or none to start.`);
  const kopru = await startKopru(environment);
  process.stdout.write(`Köprü is ready in ${process.uptime().toFixed(1)} s\n\n${table(kopru.urls)}`);
  return kopru;
}

if (import.meta.main) await main(run);
