import type { IncomingMessage } from 'node:http';
import type { Graph } from '@kopru/router/graph/graph.ts';
import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { Viewer } from '@kopru/runtime/context.ts';
import { unauthenticated } from '@kopru/runtime/errors.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readText } from './body.ts';
import type { Answer, Dialect } from './dialect.ts';
import { failureOf, Refused } from './failure.ts';
import { bodyFields, Fields } from './fields.ts';
import { listenAs, runAs } from './operation.ts';
import { Reply, type Route, type RouteRequest } from './route.ts';

/** The largest body where the server does not say, in bytes. */
const usualLimit = 1024 * 1024;

type Params = Readonly<Record<string, string>>;

/** The endpoints of one older system, and what they have in common. */
export interface Mount {
  readonly prefix: string;
  readonly dialect: Dialect;
  readonly routes: readonly Route[];
}

/** What every mount stands on. */
export interface MountGround {
  readonly graph: Graph;
  readonly tokens: Pick<Tokens, 'verifyAccess'>;
  readonly clientOf: (request: IncomingMessage) => Client;
}

/** Serves a mount's routes under its prefix. Whatever goes wrong below the prefix, its dialect says so. */
export function mount(server: FastifyInstance, system: Mount, { graph, tokens, clientOf }: MountGround): void {
  const { prefix, dialect, routes } = system;
  const served = routes.flatMap((route) =>
    (dialect.slashIsOptional ? withoutSlash(route.path) : [route.path]).map((url) => ({ url, route })),
  );
  const allowed = methodsByPath(served, (params) => !dialect.parametersMakePaths || impossible(params) === undefined);
  server.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      // Bodies are read as text and parsed by whoever wants them: older clients name all sorts of types, or none.
      scope.addContentTypeParser('*', (_request: FastifyRequest, body: IncomingMessage) =>
        readText(body, scope.initialConfig.bodyLimit ?? usualLimit),
      );
      scope.setErrorHandler((error, request, reply) => refuse(dialect, error, request, reply));
      scope.setNotFoundHandler((request, reply) => {
        const methods = allowed(request.url.slice(prefix.length));
        if (methods.length === 0) return send(reply, dialect.refuse({ kind: 'unknown path' }, request.headers));
        const failure = { kind: 'method', method: request.method, allowed: methods } as const;
        return send(reply.header('allow', methods.join(', ')), dialect.refuse(failure, request.headers));
      });
      for (const { url, route } of served)
        scope.route({ method: route.method, url, handler: (request, reply) => handle(route, request, reply) });
    },
    { prefix },
  );

  async function handle(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const parameter = impossible(request.params as Params);
    if (dialect.parametersMakePaths && parameter !== undefined) throw new Refused({ kind: 'unknown path' });
    // Not within: what a row says of its own refusals is not about this.
    if (route.checksToken) await check(await dialect.token(request.headers));
    try {
      const token = route.public ? undefined : await dialect.token(request.headers);
      const viewer = route.public ? null : await viewerOf(token);
      if (parameter !== undefined) throw new Refused({ kind: 'parameter', parameter });
      const caller = { requestId: request.id, client: clientOf(request.raw), token };
      const answer = await route.answer(routeRequest(request, viewer), runAs(graph, caller), listenAs(graph, caller));
      return answer instanceof Reply ? send(reply, answer) : reply.send(answer);
    } catch (error) {
      const failure = failureOf(error);
      const own = failure.kind === 'operation' ? route.errors[failure.code] : undefined;
      if (!own || failure.kind !== 'operation') throw error;
      log(request, error);
      return send(reply, typeof own === 'function' ? own(failure) : own);
    }
  }

  /** The first parameter that cannot be one. */
  function impossible(params: Params): string | undefined {
    return Object.entries(params).find(([name, value]) => !dialect.accepts(name, value))?.[0];
  }

  async function check(token: string | undefined): Promise<void> {
    if (token !== undefined) await tokens.verifyAccess(token);
  }

  async function viewerOf(token: string | undefined): Promise<Viewer> {
    if (token === undefined) throw unauthenticated();
    return tokens.verifyAccess(token);
  }
}

/** A path that ends in a slash, and the same without it. */
const withoutSlash = (path: string): string[] => (path.endsWith('/') ? [path, path.slice(0, -1)] : [path]);

/** Answers a request whose path cannot be read, in the dialect of the mount that it was for. */
export function refuseUnreadable(mounts: readonly Mount[]): (request: FastifyRequest, reply: FastifyReply) => void {
  return (request, reply) => {
    const mounted = mounts.find(({ prefix }) => request.url.startsWith(`${prefix}/`));
    if (mounted) send(reply, mounted.dialect.refuse({ kind: 'unreadable path' }, request.headers));
    else reply.code(400).send({ error: 'The path cannot be read.', requestId: request.id });
  };
}

/** Answers an error in a dialect, and logs those that are ours. */
function refuse(dialect: Dialect, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  log(request, error);
  return send(reply, dialect.refuse(failureOf(error), request.headers));
}

function log(request: FastifyRequest, error: unknown): void {
  const failure = failureOf(error);
  if (failure.kind !== 'operation' || (failure.code !== 'INTERNAL' && failure.code !== 'UNAVAILABLE')) return;
  request.log.error({ err: error, requestId: request.id }, 'a legacy request failed');
}

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  return reply
    .code(status)
    .headers(headers ?? {})
    .send(body);
}

function routeRequest(request: FastifyRequest, viewer: Viewer | null): RouteRequest {
  let body: Fields | undefined;
  return {
    headers: request.headers,
    params: request.params as Params,
    query: new Fields(request.query as Readonly<Record<string, unknown>>, 'query'),
    get body() {
      body ??= bodyFields(request.body as string | undefined);
      return body;
    },
    get viewer() {
      if (!viewer) throw unauthenticated();
      return viewer;
    },
  };
}

/** Which methods a path has, for the answer to one that it has not. `exists` tells whether there is a path with these parameters. */
function methodsByPath(
  served: readonly { readonly url: string; readonly route: Route }[],
  exists: (params: Params) => boolean,
): (url: string) => string[] {
  const patterns = served.map(({ url, route: { method } }) => ({
    method,
    path: new RegExp(`^${url.replaceAll(/:([^/]+)/g, '(?<$1>[^/]+)')}$`),
  }));
  const leadsTo = (pattern: RegExp, path: string): boolean => {
    const match = pattern.exec(path);
    return match !== null && exists(match.groups ?? {});
  };
  return (url) => {
    const path = url.split('?', 1)[0] ?? '';
    return [...new Set(patterns.filter((pattern) => leadsTo(pattern.path, path)).map(({ method }) => method))];
  };
}
