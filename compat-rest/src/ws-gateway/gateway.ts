import type { Graph } from '@kopru/router/graph/graph.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import type { CompatSettings } from '../config.ts';
import { Acceptor } from '../socket/acceptor.ts';
import { Connections } from '../socket/connections.ts';
import { usualLimits } from '../socket/limits.ts';
import { Sockets } from '../socket/sockets.ts';
import type { UpgradeHandler } from '../socket/upgrades.ts';
import { close, type Dialect, largestFrame } from './opcodes.ts';
import { GatewaySession } from './session.ts';
import { World } from './world.ts';

/** How much is going on. */
export interface GatewayStats {
  /** People with at least one socket. */
  readonly users: number;
  readonly sockets: number;
  /** Guilds that somebody listens to. */
  readonly guilds: number;
}

/** The WebSocket Gateway. */
export interface Gateway {
  /** By path. */
  readonly upgrades: Readonly<Record<Dialect, UpgradeHandler>>;
  stats(): GatewayStats;
  /** Ends every session and makes offline who was online through them. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly ground: Pick<Ground, 'tokens' | 'revocations' | 'logger'>;
  readonly graph: Graph;
  readonly settings: Pick<CompatSettings, 'CORS_ORIGINS' | 'TRUST_PROXY'>;
  readonly limits?: typeof usualLimits;
}

export function openGateway({ ground, graph, settings, limits = usualLimits }: GatewayOptions): Gateway {
  const { tokens, revocations, logger } = ground;
  const sockets = new Sockets(revocations);
  const connections = new Connections(graph, logger);
  const world = new World(graph, logger);
  const sessionGround = { graph, tokens, sockets, connections, logger, limits };
  const accept = (dialect: Dialect): Acceptor =>
    new Acceptor({
      settings,
      largestFrame,
      unreadable: close.notJson,
      goingAway: close.goingAway,
      begin: (wire) => new GatewaySession(sessionGround, wire, dialect, world),
    });
  const acceptors = { '/': accept('/'), '/ws': accept('/ws') };
  return {
    upgrades: { '/': acceptors['/'].upgrade, '/ws': acceptors['/ws'].upgrade },
    stats: () => ({
      users: world.people.size,
      sockets: acceptors['/'].size + acceptors['/ws'].size,
      guilds: world.subscribedGuilds,
    }),
    async close() {
      await Promise.all(Object.values(acceptors).map((acceptor) => acceptor.close()));
      world.close();
      await connections.stop();
      sockets.close();
    },
  };
}
