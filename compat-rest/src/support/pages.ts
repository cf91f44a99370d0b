import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AgentSessions } from './agent.sessions.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface PagesOptions {
  /** Where the pages lie; null where they have not been built. */
  readonly folder: string | null;
  readonly agents: Pick<AgentSessions, 'byCookie'>;
  /** Whose pages may show the visitors' page in a frame. */
  readonly embedOrigins: readonly string[];
  /** Where pictures and sounds are that are not kept here. */
  readonly storageOrigins: readonly string[];
}

interface File {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

/** Serves the pages of the support chat from memory: a path that was not built leads nowhere. */
export async function servePages(server: FastifyInstance, options: PagesOptions): Promise<void> {
  const { folder, agents, embedOrigins, storageOrigins } = options;
  const pages = await filesIn(folder);
  const assets = await filesIn(folder && join(folder, 'assets'));
  const visitors = policy(storageOrigins, ["'self'", ...embedOrigins]);
  const closed = policy(storageOrigins, ["'none'"]);

  server.get('/', (request, reply) => sendPage(request, reply, pages.get('index.html'), visitors));
  server.get('/login', (request, reply) => sendPage(request, reply, pages.get('login.html'), closed));
  server.get('/admin', async (request, reply) =>
    (await agents.byCookie(request.headers))
      ? sendPage(request, reply, pages.get('admin.html'), closed)
      : reply.header('cache-control', 'no-store').redirect('/login', 302),
  );
  server.get('/favicon.ico', (_request, reply) => reply.code(204).send());
  server.get('/embed.js', (request, reply) =>
    send(
      request,
      reply.header('cross-origin-resource-policy', 'cross-origin'),
      pages.get('embed.js'),
      'public, max-age=300',
    ),
  );
  server.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
    send(request, reply, assets.get(request.params['*']), 'public, max-age=31536000, immutable'),
  );
}

/** Pages load nothing from anywhere else, and run and style nothing that is written into them. */
const policy = (storageOrigins: readonly string[], ancestors: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${["'self'", 'blob:', ...storageOrigins].join(' ')}`,
    `media-src ${["'self'", 'blob:', ...storageOrigins].join(' ')}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors.join(' ')}`,
  ].join('; ');

function sendPage(request: FastifyRequest, reply: FastifyReply, file: File | undefined, csp: string): FastifyReply {
  reply
    .header('content-security-policy', csp)
    .header('permissions-policy', 'microphone=(self), camera=(), geolocation=()');
  return send(request, reply, file, 'no-cache');
}

function send(request: FastifyRequest, reply: FastifyReply, file: File | undefined, caching: string): FastifyReply {
  reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
  if (!file) return reply.code(404).send({ error: 'Not found' });
  reply.header('cache-control', caching).header('etag', file.etag);
  return request.headers['if-none-match'] === file.etag
    ? reply.code(304).send()
    : reply.type(file.type).send(file.body);
}

/** The files of a folder, by name. */
async function filesIn(folder: string | null): Promise<ReadonlyMap<string, File>> {
  if (folder === null) return new Map();
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return new Map(await Promise.all(names.map(async (name) => [name, await fileAt(join(folder, name))] as const)));
}

async function fileAt(path: string): Promise<File> {
  const body = await readFile(path);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, type: types[extname(path)] ?? 'application/octet-stream', etag };
}
