import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { asyncApi } from './documents/asyncapi.ts';
import { openApi } from './documents/openapi.ts';
import { asyncApiPage, stylesheet, swaggerPage, swaggerStart } from './documents/pages.ts';
import type { GatewayStats } from './gateway.ts';

const require = createRequire(import.meta.url);
const swaggerFolder = dirname(require.resolve('swagger-ui-dist/package.json'));
const { version } = require('swagger-ui-dist/package.json') as { readonly version: string };

/** Under a path that changes with what lies there, so that browsers may keep it. */
const assets = `/swagger/assets/${version}`;
const swaggerFiles = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
} as const;

/** Pages load nothing from anywhere else and run nothing that is written into them. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What `GET /health` says beside its status. */
export const health = ({ users, guilds }: GatewayStats) => ({
  service: 'websocket-gateway',
  connections: users,
  guilds,
});

/** The HTTP side of the gateway, beside what every service has. `socketPort` is where the sockets are. */
export function serveGatewayHttp(server: FastifyInstance, stats: () => GatewayStats, socketPort: number): void {
  server.get('/stats', async () => {
    const { users, sockets, guilds } = stats();
    return { connectedUsers: users, totalConnections: sockets, guildSubscriptions: guilds };
  });

  const socket = asyncApi(socketPort);
  server.get('/swagger/json', async () => openApi);
  server.get('/asyncapi.json', async () => socket);

  servePage(server, '/swagger', swaggerPage(assets));
  servePage(server, '/asyncapi', asyncApiPage(`${assets}/page.css`));
  serveAsset(server, 'start.js', 'text/javascript; charset=utf-8', () => swaggerStart);
  serveAsset(server, 'page.css', 'text/css; charset=utf-8', () => stylesheet);
  for (const [file, type] of Object.entries(swaggerFiles))
    serveAsset(server, file, type, () => createReadStream(join(swaggerFolder, file)));
}

function servePage(server: FastifyInstance, path: string, html: string): void {
  server.get(path, (_request, reply) =>
    safely(reply).header('content-security-policy', policy).type('text/html; charset=utf-8').send(html),
  );
}

function serveAsset(server: FastifyInstance, file: string, type: string, content: () => unknown): void {
  server.get(`${assets}/${file}`, (_request, reply) =>
    safely(reply).header('cache-control', 'public, max-age=31536000, immutable').type(type).send(content()),
  );
}

const safely = (reply: FastifyReply): FastifyReply =>
  reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
