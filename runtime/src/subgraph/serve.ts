import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askedFor } from '../abandoned.ts';
import type { Tokens } from '../auth/tokens.ts';
import { clientReader } from '../client.ts';
import { forbidden, KopruError, publicError } from '../errors.ts';
import type { LogEvent } from '../events/event.ts';
import type { Caller, SubgraphRequest } from './client.ts';
import type { LocalSubgraph } from './local.ts';
import { answeredBy, strangerHeader } from './remote.ts';

interface Body {
  readonly query?: unknown;
  readonly variables?: Record<string, unknown> | null;
  readonly operationName?: string | null;
  readonly event?: LogEvent;
}

/**
 * A subgraph over HTTP. `POST /graphql` is an ordinary GraphQL endpoint;
 * `POST /live/handshake` and `POST /live/project` are for services, which show their token.
 */
export function serveSubgraph(server: FastifyInstance, subgraph: LocalSubgraph, tokens: Tokens): void {
  server.register(async (scope) => {
    scope.setErrorHandler(refuse);
    scope.addHook('onRequest', async (request, reply) => {
      reply.header(answeredBy, subgraph.name);
      if (request.headers['x-service-token'] !== undefined && !(await isService(request, tokens)))
        reply.header(strangerHeader, 'yes');
    });
    scope.post<{ Body: Body }>('/graphql', async (request, reply) => {
      const asked = await subgraphRequest(request, tokens);
      return askedFor(goneSignal(reply), () => subgraph.execute(asked));
    });
    scope.post<{ Body: Body }>('/live/handshake', async (request) => {
      await requireService(request, tokens);
      return subgraph.handshake(await subgraphRequest(request, tokens));
    });
    scope.post<{ Body: Body }>('/live/project', async (request) => {
      await requireService(request, tokens);
      const { event } = request.body;
      if (!event) throw badRequest('The body has no event.');
      return subgraph.project(await subgraphRequest(request, tokens), event);
    });
  });
}

/** Fires when the connection goes before the answer does. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** What anybody in between says is of no interest: services name their clients themselves. */
const clientOf = clientReader(false);

/** Errors of requests that never became an operation, in GraphQL's form. */
function refuse(error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof KopruError) return reply.code(403).send({ errors: [publicError(error.toJSON(), request.id)] });
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error }, 'a request failed');
  const extensions = { code: status < 500 ? 'BAD_REQUEST' : 'INTERNAL' };
  return reply.code(status).send({ errors: [publicError({ message: error.message, extensions }, request.id)] });
}

const badRequest = (message: string): Error => Object.assign(new Error(message), { statusCode: 400 });

async function requireService(request: FastifyRequest, tokens: Tokens): Promise<void> {
  if (!(await isService(request, tokens))) throw forbidden('This is for services.');
}

async function subgraphRequest(request: FastifyRequest<{ Body: Body }>, tokens: Tokens): Promise<SubgraphRequest> {
  const { query, variables, operationName } = request.body ?? {};
  if (typeof query !== 'string') throw badRequest('The body has no query.');
  return {
    query,
    foreign: !(await isService(request, tokens)),
    caller: await callerOf(request, tokens),
    ...(variables && { variables }),
    ...(operationName != null && { operationName }),
  };
}

/** Who asks. What a service says of its own client is believed; what anybody else says of theirs is not. */
async function callerOf(request: FastifyRequest, tokens: Tokens): Promise<Caller> {
  const { headers } = request;
  const authorization = headers.authorization;
  const token = authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : undefined;
  if (!(await isService(request, tokens))) return { requestId: request.id, token, client: clientOf(request.raw) };
  const audience = single(headers['x-audience']);
  return {
    requestId: request.id,
    token,
    client: {
      address: single(headers['x-client-address']) ?? clientOf(request.raw).address,
      userAgent: single(headers['x-client-agent']) ?? '',
    },
    ...(headers['x-act-as'] === 'service' && { asService: true }),
    ...(audience !== undefined && { audience: JSON.parse(audience) as string[] }),
  };
}

async function isService(request: FastifyRequest, tokens: Tokens): Promise<boolean> {
  const token = single(request.headers['x-service-token']);
  return token !== undefined && (await tokens.isService(token));
}

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;
