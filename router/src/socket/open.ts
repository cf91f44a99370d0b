import { type IncomingHttpHeaders, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { allowsOrigin } from '@kopru/runtime/config.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import { handleProtocols } from 'graphql-ws';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { RouterSettings } from '../config.ts';
import type { Graph } from '../graph/graph.ts';
import { Documents } from '../limits/documents.ts';
import { limits } from '../limits/limits.ts';
import { RequestLimits } from '../limits/request.ts';
import type { RouterMetrics } from '../metrics.ts';
import { Connection, type ConnectionServices } from './connection.ts';
import { createProtocol } from './protocol.ts';
import { Sessions } from './session.ts';

/** How often clients are asked whether they are still there, in milliseconds. */
const beatEvery = 12_000;
/** How long a stop waits for what runs, and then for clients to say goodbye, in milliseconds. */
const stopping = { finishWithin: 5_000, goodbyeWithin: 2_000 } as const;

const serverOptions: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  clientTracking: false,
  maxPayload: 256 * 1024,
  // Frames are written beside ws, and what deflating queues could not be seen.
  perMessageDeflate: false,
  // An operation that a message ends is gone before the next message is read, which may use its id again.
  allowSynchronousEvents: false,
  closeTimeout: 10_000,
  handleProtocols: (protocols) => handleProtocols(protocols),
};

export interface SocketsOptions {
  readonly server: Server;
  readonly clientOf: (request: IncomingMessage) => Client;
  readonly ground: Ground;
  readonly graph: Graph;
  readonly settings: RouterSettings;
  readonly metrics: RouterMetrics;
}

export interface OpenSockets {
  /** Takes no more sockets, lets queries and mutations finish, then closes every socket with 1001. */
  close(): Promise<void>;
}

/** Serves graphql-ws at `/graphql` of an HTTP server. */
export function openSockets({ server, clientOf, ground, graph, settings, metrics }: SocketsOptions): OpenSockets {
  const sockets = new WebSocketServer(serverOptions);
  const connections = new Map<Connection, Promise<void>>();
  const sessions = new Sessions(ground);
  const documents = new Documents(limits, settings.INTROSPECTION);
  const requests = new RequestLimits(limits, settings.INTROSPECTION);
  const services: ConnectionServices = {
    ground,
    graph,
    logger: ground.logger,
    metrics,
    sessions,
    protocol: createProtocol(),
    reading: () => ({ schema: graph.schema, documents, requests }),
  };
  let stopped = false;

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const refusal = refusalOf(request);
    if (refusal !== undefined) return refuse(stream, refusal);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const client = clientOf(request);
      const connection = new Connection(
        socket,
        { client, stream, authorization: request.headers.authorization },
        services,
      );
      const closed = Promise.withResolvers<void>();
      connections.set(connection, closed.promise);
      metrics.sockets.add();
      socket.once('close', () => {
        connections.delete(connection);
        metrics.sockets.remove();
        closed.resolve();
      });
    });
  });

  function refusalOf({ url, headers }: IncomingMessage): number | undefined {
    if (url?.split('?', 1)[0] !== '/graphql') return 404;
    if (!allowsOrigin(settings.CORS_ORIGINS, headers.origin) && !isOwn(headers)) return 403;
    return stopped ? 503 : undefined;
  }

  const beat = setInterval(() => {
    for (const connection of connections.keys()) connection.beat();
  }, beatEvery).unref();

  return {
    async close() {
      stopped = true;
      clearInterval(beat);
      const enough = setTimeout(stopping.finishWithin, undefined, { ref: false });
      await Promise.all([...connections.keys()].map((connection) => connection.drain(enough)));
      const goodbye = setTimeout(stopping.goodbyeWithin, undefined, { ref: false });
      await Promise.race([Promise.all(connections.values()), goodbye]);
      for (const connection of connections.keys()) connection.terminate();
      sessions.close();
    },
  };
}

/** Whether the page is one of ours: Sandbox, which is in no list. */
const isOwn = ({ origin, host }: IncomingHttpHeaders): boolean =>
  origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;

/** Answers an upgrade request with an error and hangs up. */
function refuse(stream: Duplex, status: number): void {
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
