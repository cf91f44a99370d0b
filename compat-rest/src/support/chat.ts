import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Graph } from '@kopru/router/graph/graph.ts';
import { clientReader } from '@kopru/runtime/client.ts';
import { allowsOrigin } from '@kopru/runtime/config.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import { Server as Engine, type Socket as EngineSocket } from 'engine.io';
import { Server } from 'socket.io';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { CompatSettings } from '../config.ts';
import { Sockets } from '../socket/sockets.ts';
import { refuseUpgrade, type UpgradeHandler } from '../socket/upgrades.ts';
import type { AgentSessions } from './agent.sessions.ts';
import { Connection } from './connection.ts';
import { ChatSession } from './session.ts';

/** Where Socket.IO is. */
export const socketPath = '/socket.io/';

/** The largest message of a client, in bytes: the longest text four times over, and what it is wrapped in. */
const largestMessage = 64 * 1024;

/** How long a client may take to answer a close, in milliseconds. The libraries' half a minute would hold up a stop. */
const closeTimeout = 2_000;

/** The websockets of the engine, which knows no such option. */
class Acceptor extends WebSocketServer {
  constructor(options: ServerOptions) {
    const withTimeout = { ...options, closeTimeout };
    super(withTimeout);
  }
}

/** The support chat over Socket.IO. */
export interface SupportChat {
  /** Takes over a request for the path, whose body nobody has read. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  readonly upgrade: UpgradeHandler;
  /** Open connections. */
  readonly size: () => number;
  /** Takes nothing new and hangs up on everybody. */
  close(): Promise<void>;
}

export interface SupportChatOptions {
  readonly ground: Pick<Ground, 'revocations' | 'logger'>;
  readonly graph: Graph;
  readonly agents: AgentSessions;
  readonly settings: Pick<CompatSettings, 'CORS_ORIGINS' | 'TRUST_PROXY' | 'HEARTBEAT_SECONDS'>;
}

export function openSupportChat({ ground, graph, agents, settings }: SupportChatOptions): SupportChat {
  const { revocations, logger } = ground;
  const { CORS_ORIGINS, TRUST_PROXY } = settings;
  const heartbeat = settings.HEARTBEAT_SECONDS * 1_000;
  const sockets = new Sockets(revocations);
  const clientOf = clientReader(TRUST_PROXY);
  const chatGround = { graph, agents, sockets, logger };
  let stopping = false;
  const engine = new Engine({
    transports: ['polling', 'websocket'],
    pingInterval: heartbeat,
    pingTimeout: heartbeat,
    maxHttpBufferSize: largestMessage,
    perMessageDeflate: false,
    wsEngine: Acceptor,
    cors: { origin: CORS_ORIGINS.includes('*') ? '*' : [...CORS_ORIGINS] },
    allowRequest: ({ headers }, answer) => {
      const allowed = !stopping && allowsOrigin(CORS_ORIGINS, headers.origin);
      answer(allowed ? null : stopping ? 'The server stops.' : 'The origin is not allowed.', allowed);
    },
  });
  engine.on('connection', ({ transport }: EngineSocket) => {
    if ('closeTimeout' in transport) transport.closeTimeout = closeTimeout;
  });
  const io = new Server({ serveClient: false, connectTimeout: heartbeat });
  io.bind(engine);
  io.on('connection', (socket) => {
    const connection = new Connection(chatGround, socket, clientOf(socket.request));
    const session = new ChatSession(connection, logger);
    socket.onAny((event: string, ...parameters: unknown[]) => session.hear(event, parameters));
    socket.on('disconnect', () => connection.close());
    socket.on('error', (error) => logger.debug({ err: error }, 'a connection of the support chat failed'));
  });
  return {
    handle: (request, response) =>
      engine.handleRequest(request as Parameters<typeof engine.handleRequest>[0], response),
    upgrade: (request, stream, head) => {
      if (stopping) return refuseUpgrade(stream, 503);
      engine.handleUpgrade(request as Parameters<typeof engine.handleUpgrade>[0], stream, head);
    },
    size: () => engine.clientsCount,
    async close() {
      stopping = true;
      await io.close();
      sockets.close();
    },
  };
}
