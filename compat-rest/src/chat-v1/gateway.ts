import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Graph } from '@kopru/router/graph/graph.ts';
import { allowsOrigin } from '@kopru/runtime/config.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import { WebSocket, WebSocketServer } from 'ws';
import type { CompatSettings } from '../config.ts';
import { bearerToken } from '../dialect.ts';
import { Connections } from '../socket/connections.ts';
import { Sockets } from '../socket/sockets.ts';
import { refuseUpgrade, type UpgradeHandler } from '../socket/upgrades.ts';
import { SocketWriter } from '../socket/writer.ts';
import { close, largestFrame, usualLimits } from './opcodes.ts';
import { ChatSession } from './session.ts';

/** How long a socket may take to answer a close, in milliseconds. */
const closeTimeout = 2_000;

/** The document has its own code for frames too large or not UTF-8, where the protocol has 1009 and 1007. */
class ChatSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    if (code === 1009 || code === 1007) super.close(...close.notJson);
    else super.close(code, reason);
  }
}

/** Not inline: the types of ws do not know `closeTimeout`. */
const acceptorOptions = {
  noServer: true,
  clientTracking: false,
  maxPayload: largestFrame,
  WebSocket: ChatSocket,
  closeTimeout,
};

/** The WebSocket of Chat v1. */
export interface ChatGateway {
  readonly upgrade: UpgradeHandler;
  /** Open sockets. */
  readonly size: () => number;
  /** Ends every session and makes offline who was online through them. */
  close(): Promise<void>;
}

export interface ChatGatewayOptions {
  readonly ground: Pick<Ground, 'tokens' | 'revocations' | 'logger'>;
  readonly graph: Graph;
  readonly clientOf: (request: IncomingMessage) => Client;
  readonly settings: Pick<CompatSettings, 'CORS_ORIGINS'>;
  readonly limits?: typeof usualLimits;
}

export function openChatGateway({
  ground,
  graph,
  clientOf,
  settings,
  limits = usualLimits,
}: ChatGatewayOptions): ChatGateway {
  const { tokens, revocations, logger } = ground;
  const acceptor = new WebSocketServer(acceptorOptions);
  const sockets = new Sockets(revocations);
  const connections = new Connections(graph, logger);
  const sessions = new Set<ChatSession>();
  let stopping = false;

  const accept = (socket: WebSocket, request: IncomingMessage, stream: Duplex): void => {
    const client = clientOf(request);
    const sessionGround = { graph, tokens, sockets, connections, logger, limits };
    const session = new ChatSession(sessionGround, socket, new SocketWriter(socket, stream), client);
    sessions.add(session);
    // Kept until it has given everything back, so that a stop waits for those that are just leaving too.
    socket.on('close', () => session.finished?.then(() => sessions.delete(session)));
    session.begin(tokenOf(request));
  };

  return {
    upgrade(request, stream, head) {
      if (stopping) return refuseUpgrade(stream, 503);
      if (!allowsOrigin(settings.CORS_ORIGINS, request.headers.origin)) return refuseUpgrade(stream, 403);
      acceptor.handleUpgrade(request, stream, head, (socket) => accept(socket, request, stream));
    },
    size: () => sessions.size,
    async close() {
      stopping = true;
      const ending = [...sessions];
      for (const session of ending) session.close(close.goingAway);
      await Promise.all(ending.map((session) => session.finished));
      await connections.stop();
      sockets.close();
    },
  };
}

/** `?token=`, else the `Authorization` header; undefined where the first frame has to bring it. */
function tokenOf({ url = '', headers }: IncomingMessage): string | undefined {
  const query = url.indexOf('?');
  const token = query < 0 ? null : new URLSearchParams(url.slice(query)).get('token');
  return token ?? bearerToken(headers);
}
