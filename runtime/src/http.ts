import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { collectDefaultMetrics, type Registry } from 'prom-client';
import { ConfigError } from './config.ts';
import { codeOf } from './errors.ts';
import { isUuid, newId } from './ids.ts';
import type { Logger } from './logger.ts';
import { metricsReader } from './metrics.reader.ts';
import { type Needs, Readiness } from './readiness.ts';
import { stopAsked } from './stop.ts';

export interface HttpOptions {
  readonly service: string;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** What it cannot do without; `/ready` says which of it is away. */
  readonly needs: Needs;
  /** The bearer token that `/metrics` asks for; only those nearby may read them where it is absent. */
  readonly metricsToken?: string | undefined;
  /** What `GET /health` says beside its status; the service's name unless given. */
  readonly health?: () => object;
  /** The largest body, in bytes. */
  readonly bodyLimit?: number;
  /** Answers a request whose path cannot be read, so that no route is found and no error handler asked. */
  readonly unreadablePath?: (request: FastifyRequest, reply: FastifyReply) => void;
}

/** How long a client may take to send a request, in milliseconds. Without an end, one byte a minute holds a connection. */
const sendWithin = 60_000;

/** How long the connections of a process that stops are open for another request, in milliseconds. */
const askWithin = 300;

/** Fastify notes at `info` each address that it listens on; whoever starts the service says that better. */
const withoutChatter = (logger: Logger): FastifyBaseLogger =>
  logger.level === 'info' ? logger.child({}, { level: 'warn' }) : logger;

/** A request id of our own making or a UUID that the caller sent; anything else could forge log lines. */
const requestIdFrom = (header: unknown): string => (isUuid(header) ? header : newId());

/** An HTTP server with what every service has: request ids, `/health`, `/ready`, `/metrics`, and errors that tell nothing. */
export function createHttpServer(options: HttpOptions): FastifyInstance {
  const { service, logger, metrics, needs, metricsToken, health = () => ({ service }), unreadablePath } = options;
  const path: Pick<FastifyServerOptions, 'frameworkErrors'> = unreadablePath
    ? { frameworkErrors: (_error, request, reply) => unreadablePath(request as FastifyRequest, reply as FastifyReply) }
    : {};
  const server = Fastify({
    loggerInstance: withoutChatter(logger),
    genReqId: (request) => requestIdFrom(request.headers['x-request-id']),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimit ?? 1024 * 1024,
    forceCloseConnections: 'idle',
    requestTimeout: sendWithin,
    // What comes over a connection that is open still is answered, and the answer closes it.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: false },
    ...path,
  });
  // Servers of one process share its registry, and its metrics are the process's own.
  if (!metrics.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics({ register: metrics });

  let stopping = false;
  server.addHook('preClose', async () => {
    stopping = true;
    if (stopAsked.aborted) await lastRequests(server.server);
  });
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // A stop closes the connections that are idle then; one that is answered later would keep it waiting.
    if (stopping) reply.header('connection', 'close');
    // Hanging up on a client that is still sending would reset the connection before it has read why. Node drops the rest.
    else if (reply.statusCode === 413) reply.removeHeader('connection');
  });
  server.get('/health', async () => ({ status: 'ok', ...health() }));
  const readiness = new Readiness(needs, logger);
  server.get('/ready', async (_request, reply) => {
    const away = await readiness.away();
    if (away.length === 0 && !stopping) return { status: 'ready', service };
    return reply.code(503).send({ status: stopping ? 'stopping' : 'not ready', service, away });
  });
  const mayRead = metricsReader(metricsToken);
  server.get('/metrics', async (request, reply) => {
    if (mayRead(request.raw)) return reply.type(metrics.contentType).send(await metrics.metrics());
    if (metricsToken !== undefined) reply.header('www-authenticate', 'Bearer realm="metrics"');
    return reply
      .code(metricsToken === undefined ? 403 : 401)
      .send({ error: 'The metrics are for those who run this.', requestId: request.id });
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? (codeOf(error) === 'UNAVAILABLE' ? 503 : 500);
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    return reply
      .code(status)
      .send({ error: status >= 500 ? 'Something went wrong on our side.' : error.message, requestId: request.id });
  });
  return server;
}

/**
 * Accepts no connection any more, and leaves those there are open for as long as a busy client needs to ask once more; that answer
 * closes them. Hung up on between two requests, a client whose next is on its way already could not know what came of it.
 */
async function lastRequests(server: Server): Promise<void> {
  // That of HTTP would also hang up on everybody who is between two requests.
  NetServer.prototype.close.call(server);
  const waited = new AbortController();
  await Promise.race([once(server, 'close'), wait(askWithin, undefined, { signal: waited.signal })]);
  waited.abort();
}

/**
 * Starts listening and gives the port, which is another than asked for where 0 was asked for; `setting` is what asks.
 * @throws ConfigError where it cannot be opened
 */
export async function listen(server: FastifyInstance, host: string, port: number, setting: string): Promise<number> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const why = refusals[(error as NodeJS.ErrnoException).code ?? ''];
    if (!why) throw error;
    throw new ConfigError(`${setting} asks for port ${port} of HOST ${host}, which cannot be opened: ${why}.`, {
      cause: error,
    });
  }
  const address = server.server.address();
  return typeof address === 'object' && address ? address.port : port;
}

const refusals: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there already',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'this machine has no such address',
  EINVAL: 'this is not an address to listen on',
  ENOTFOUND: 'nobody knows such a host',
  EAI_AGAIN: 'nobody can say which address that is',
};
