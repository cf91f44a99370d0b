import cors from '@fastify/cors';
import type { Graph } from '@kopru/router/graph/graph.ts';
import { clientReader } from '@kopru/runtime/client.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import { createHttpServer, listen } from '@kopru/runtime/http.ts';
import { chatV1 } from './chat-v1/dialect.ts';
import { openChatGateway } from './chat-v1/gateway.ts';
import { usualLimits } from './chat-v1/opcodes.ts';
import { routes } from './chat-v1/routes.ts';
import type { CompatSettings } from './config.ts';
import { type Mount, mount, refuseUnreadable } from './mount.ts';
import { socketGauge } from './socket/sockets.ts';
import { routeUpgrades } from './socket/upgrades.ts';

const mounts: readonly Mount[] = [{ prefix: '/api/rest', dialect: chatV1, routes }];

export interface OpenCompat {
  readonly port: number;
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
  const { logger, metrics, log, tokens, revocations } = ground;
  const server = createHttpServer({
    service: 'compat-rest',
    logger,
    metrics,
    ready: () => Promise.all([log.ping(), revocations.ready()]),
    unreadablePath: refuseUnreadable(mounts),
  });
  const clientOf = clientReader(settings.TRUST_PROXY);
  await server.register(cors, {
    origin: settings.CORS_ORIGINS.includes('*') ? '*' : [...settings.CORS_ORIGINS],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['Retry-After', 'X-Request-Id'],
    maxAge: 86_400,
    strictPreflight: false,
  });
  for (const system of mounts) mount(server, system, { graph, tokens, clientOf });

  const limits = { ...usualLimits, heartbeatInterval: settings.HEARTBEAT_SECONDS * 1_000 };
  const chat = openChatGateway({ ground, graph, clientOf, settings, limits });
  routeUpgrades(server.server, { '/api/ws': chat.upgrade });
  const gauge = socketGauge(metrics, { 'chat-v1': chat.size });

  const port = await listen(server, ground.settings.HOST, settings.LEGACY_PORT, 'LEGACY_PORT');
  return {
    port,
    async close() {
      await chat.close();
      await server.close();
      metrics.removeSingleMetric(gauge);
    },
  };
}
