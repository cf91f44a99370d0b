import type { IncomingMessage } from 'node:http';
import type { Graph } from '@kopru/router/graph/graph.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import type { CompatSettings } from '../config.ts';
import { bearerToken } from '../dialect.ts';
import { Acceptor } from '../socket/acceptor.ts';
import { Connections } from '../socket/connections.ts';
import { usualLimits } from '../socket/limits.ts';
import { Sockets } from '../socket/sockets.ts';
import type { UpgradeHandler } from '../socket/upgrades.ts';
import { close, largestFrame } from './opcodes.ts';
import { ChatSession } from './session.ts';

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
  readonly settings: Pick<CompatSettings, 'CORS_ORIGINS' | 'TRUST_PROXY'>;
  readonly limits?: typeof usualLimits;
}

export function openChatGateway({ ground, graph, settings, limits = usualLimits }: ChatGatewayOptions): ChatGateway {
  const { tokens, revocations, logger } = ground;
  const sockets = new Sockets(revocations);
  const connections = new Connections(graph, logger);
  const sessionGround = { graph, tokens, sockets, connections, logger, limits };
  const acceptor = new Acceptor({
    settings,
    largestFrame,
    unreadable: close.notJson,
    goingAway: close.goingAway,
    begin: (wire, request) => ChatSession.begin(sessionGround, wire, tokenOf(request)),
  });
  return {
    upgrade: acceptor.upgrade,
    size: () => acceptor.size,
    async close() {
      await acceptor.close();
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
