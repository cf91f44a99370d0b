import cors from '@fastify/cors';
import type { Graph } from '@kopru/router/graph/graph.ts';
import { clientReader } from '@kopru/runtime/client.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import { createHttpServer, type HttpOptions, listen } from '@kopru/runtime/http.ts';
import { openStorage } from '@kopru/runtime/storage/open.ts';
import type { FastifyInstance } from 'fastify';
import { chatV1 } from './chat-v1/dialect.ts';
import { openChatGateway } from './chat-v1/gateway.ts';
import { routes } from './chat-v1/routes.ts';
import type { CompatSettings } from './config.ts';
import { dreamalyze } from './dreams/dialect.ts';
import { routes as dreamRoutes } from './dreams/routes.ts';
import { type Mount, mount, refuseUnreadable } from './mount.ts';
import { usualLimits } from './socket/limits.ts';
import { socketGauge } from './socket/sockets.ts';
import { routeUpgrades } from './socket/upgrades.ts';
import { socketPath } from './support/chat.ts';
import { openSupport } from './support/open.ts';
import { serveTelegram } from './support/telegram.ts';
import { serveUploads } from './support/uploads/open.ts';
import { openGateway } from './ws-gateway/gateway.ts';
import { health, serveGatewayHttp } from './ws-gateway/http.ts';

const chatMount: Mount = { prefix: '/api/rest', dialect: chatV1, routes };
const dreamsMount: Mount = { prefix: '/api/user', dialect: dreamalyze, routes: dreamRoutes };

export interface OpenCompat {
  readonly ports: {
    /** Chat v1. */
    readonly legacy: number;
    readonly gatewaySocket: number;
    readonly gatewayHttp: number;
  };
  /** Takes nothing new and closes sockets with 1001; resolves when those who were online through them are offline. */
  close(): Promise<void>;
}

export interface CompatOptions {
  readonly ground: Ground;
  readonly graph: Graph;
  readonly settings: CompatSettings;
}

/** Serves the older systems over the graph. The graph and the ground stay open when it is closed. */
export async function openCompat({ ground, graph, settings }: CompatOptions): Promise<OpenCompat> {
  const { logger, metrics, needs, tokens } = ground;
  const { HOST, METRICS_TOKEN, DATA_DIR } = ground.settings;
  const common = { logger, metrics, needs, metricsToken: METRICS_TOKEN };
  await using opening = new AsyncDisposableStack();
  const open = async (options: Partial<HttpOptions> & Pick<HttpOptions, 'service'>): Promise<FastifyInstance> => {
    const server = createHttpServer({ ...common, ...options });
    opening.defer(() => server.close());
    await server.register(cors, crossOrigin(settings));
    return server;
  };
  const storage = opening.adopt(await openStorage({ ...settings, DATA_DIR }), (storage) => storage.close());
  const support = openSupport({ ground, graph, settings, storage });
  const mounts = [chatMount, dreamsMount, support.mount];
  const legacy = await open({ service: 'compat-rest', unreadablePath: refuseUnreadable(mounts) });
  const clientOf = clientReader(settings.TRUST_PROXY);
  for (const system of mounts) mount(legacy, system, { graph, tokens, clientOf });
  await support.serve(legacy);
  serveTelegram(legacy, () => ground.subgraph('support'));
  serveUploads(legacy, { storage, support: () => ground.subgraph('support'), clientOf, logger });

  const limits = { ...usualLimits, heartbeatInterval: settings.HEARTBEAT_SECONDS * 1_000 };
  const chat = openChatGateway({ ground, graph, settings, limits });
  const gateway = openGateway({ ground, graph, settings, limits });
  const itsHealth = { service: 'websocket-gateway', health: () => health(gateway.stats()) };
  const [socket, http] = [await open(itsHealth), await open(itsHealth)];
  socket.setNotFoundHandler((_request, reply) => reply.code(426).header('upgrade', 'websocket').send());
  opening.defer(async () => {
    await Promise.all([chat.close(), gateway.close(), support.close()]);
  });
  const gauge = socketGauge(metrics, {
    'chat-v1': chat.size,
    'ws-gateway': () => gateway.stats().sockets,
    support: support.chat.size,
  });
  opening.defer(() => metrics.removeSingleMetric(gauge));

  routeUpgrades(legacy.server, { '/api/ws': chat.upgrade, [socketPath]: support.chat.upgrade });
  routeUpgrades(socket.server, gateway.upgrades);
  const gatewaySocket = await listen(socket, HOST, settings.GATEWAY_WS_PORT, 'GATEWAY_WS_PORT');
  serveGatewayHttp(http, gateway.stats, gatewaySocket);
  const ports = {
    legacy: await listen(legacy, HOST, settings.LEGACY_PORT, 'LEGACY_PORT'),
    gatewaySocket,
    gatewayHttp: await listen(http, HOST, settings.GATEWAY_HTTP_PORT, 'GATEWAY_HTTP_PORT'),
  };
  const opened = opening.move();
  return { ports, close: () => opened.disposeAsync() };
}

const crossOrigin = ({ CORS_ORIGINS }: CompatSettings) => ({
  origin: CORS_ORIGINS.includes('*') ? '*' : [...CORS_ORIGINS],
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  exposedHeaders: ['Retry-After', 'X-Request-Id'],
  maxAge: 86_400,
  strictPreflight: false,
});
