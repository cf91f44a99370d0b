import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastifyCors from '@fastify/cors';
import { clientReader } from '@kopru/runtime/client.ts';
import { KopruError, protocolError, publicError } from '@kopru/runtime/errors.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import { createHttpServer, listen } from '@kopru/runtime/http.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createApollo, requestIds, withStatus } from './apollo.ts';
import { callerOf } from './caller.ts';
import type { RouterSettings } from './config.ts';
import type { GraphContext } from './graph/data-source.ts';
import type { Graph } from './graph/graph.ts';
import { tooLong } from './limits/documents.ts';
import { limits } from './limits/limits.ts';
import { routerMetrics } from './metrics.ts';
import { openSockets } from './socket/open.ts';

/** The largest body, in bytes: the longest document, and what variables go with it. */
const bodyLimit = 256 * 1024;

export interface RouterOptions {
  readonly ground: Ground;
  readonly graph: Graph;
  readonly settings: RouterSettings;
}

export interface OpenRouter {
  readonly port: number;
  /** Takes nothing new, lets what runs finish, and closes sockets with 1001. The graph and the ground stay open. */
  close(): Promise<void>;
}

/** Serves the graph over HTTP and graphql-ws at `/graphql`, with Apollo Sandbox for browsers. */
export async function openRouter({ ground, graph, settings }: RouterOptions): Promise<OpenRouter> {
  const { logger } = ground;
  const metrics = routerMetrics(ground.metrics);
  const introspection = settings.INTROSPECTION;
  const apollo = createApollo({ graph, introspection, logger, metrics });
  await apollo.start();
  const server = createHttpServer({
    service: 'router',
    logger,
    metrics: ground.metrics,
    bodyLimit,
    needs: ground.needs,
    metricsToken: ground.settings.METRICS_TOKEN,
  });
  const clientOf = clientReader(settings.TRUST_PROXY);
  const origins = settings.CORS_ORIGINS;
  await server.register(fastifyCors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id'],
    maxAge: 600,
  });
  server.get('/', (_request, reply) => reply.redirect('/graphql'));
  await server.register(async (scope) => {
    graphqlErrors(scope);
    const handler = fastifyApolloHandler(apollo, {
      context: (request) => admit(request, clientOf(request.raw), ground),
    });
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      handler(request, reply) {
        return requestIds.run(request.id, () => handler.call(this, request, reply));
      },
    });
  });
  const sockets = openSockets({ server: server.server, clientOf, ground, graph, settings, metrics });
  const port = await listen(server, ground.settings.HOST, settings.PORT, 'PORT');
  return {
    port,
    async close() {
      await Promise.all([sockets.close(), server.close()]);
      await apollo.stop();
      metrics.close();
    },
  };
}

/** The context of a request whose token is good, or which has none. @throws what ends it at the door, with its HTTP status. */
async function admit(request: FastifyRequest, client: Client, { tokens }: Ground): Promise<GraphContext> {
  const { query } = (request.body ?? {}) as { query?: unknown };
  const refusal = typeof query === 'string' ? tooLong(query, limits) : undefined;
  if (refusal) throw withStatus(refusal, 400);
  try {
    const caller = callerOf(request, client);
    if (caller.token !== undefined) await tokens.verifyAccess(caller.token);
    return { caller };
  } catch (error) {
    if (!(error instanceof KopruError)) throw error;
    throw withStatus(error, error.code === 'UNAVAILABLE' ? 503 : 401);
  }
}

/** Bodies that are no JSON, or too large, are answered in GraphQL's form too. */
function graphqlErrors(scope: FastifyInstance): void {
  scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a request failed');
    const shown = status >= 500 ? { message: error.message } : protocolError('BAD_REQUEST', error.message).toJSON();
    return reply.code(status).send({ errors: [publicError(shown, request.id)] });
  });
}
