import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Graph } from '@kopru/router/graph/graph.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Storage } from '@kopru/runtime/storage/storage.ts';
import { EndSession } from '@kopru/schema/operations/support.ts';
import type { FastifyInstance } from 'fastify';
import type { CompatSettings } from '../config.ts';
import type { Mount } from '../mount.ts';
import { runAs } from '../operation.ts';
import { AgentSessions } from './agent.sessions.ts';
import { openSupportChat, type SupportChat, socketPath } from './chat.ts';
import { supportDialect } from './dialect.ts';
import { loginRoutes } from './login.ts';
import { servePages } from './pages.ts';
import { agentRoutes } from './routes.ts';

const require = createRequire(import.meta.url);

/** The support chat: its endpoints, its pages, and its Socket.IO. */
export interface Support {
  readonly mount: Mount;
  readonly chat: SupportChat;
  /** Serves what is not a row: the pages, and Socket.IO over HTTP. */
  serve(server: FastifyInstance): Promise<void>;
  close(): Promise<void>;
}

export interface SupportOptions {
  readonly ground: Pick<Ground, 'tokens' | 'subgraph' | 'revocations' | 'logger'>;
  readonly graph: Graph;
  readonly settings: CompatSettings;
  readonly storage: Pick<Storage, 'origin'>;
}

export function openSupport({ ground, graph, settings, storage }: SupportOptions): Support {
  const { TRUST_PROXY: trust, EMBED_ORIGINS: embedOrigins } = settings;
  const { tokens, logger } = ground;
  const agents = new AgentSessions(ground, trust);
  const chat = openSupportChat({ ground, graph, agents, settings });
  const end = async (token: string): Promise<void> => {
    const client = { address: '', userAgent: 'compat-rest' };
    await runAs(graph, { requestId: newId(), client, token })(EndSession, {});
  };
  return {
    mount: {
      prefix: '',
      dialect: supportDialect(agents),
      routes: [...loginRoutes({ tokens, agents, trust, end, logger }), ...agentRoutes],
    },
    chat,
    async serve(server) {
      await servePages(server, {
        folder: builtPages(),
        agents,
        embedOrigins,
        storageOrigins: storage.origin ? [storage.origin] : [],
      });
      serveSocket(server, chat);
    },
    async close() {
      await chat.close();
      agents.close();
    },
  };
}

/** The folder of the pages; none where they have not been built. */
function builtPages(): string | null {
  try {
    return dirname(require.resolve('@kopru/pages/index.html'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** Hands requests for Socket.IO over as they are: their bodies are the protocol's. */
function serveSocket(server: FastifyInstance, chat: SupportChat): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.route({
      method: ['GET', 'POST'],
      url: socketPath,
      handler: (request, reply) => {
        reply.hijack();
        chat.handle(request.raw, reply.raw);
      },
    });
  });
}
