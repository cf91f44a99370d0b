import { openCompat } from '@kopru/compat-rest/server.ts';
import { openGraph } from '@kopru/router/graph/open.ts';
import { openRouter } from '@kopru/router/server.ts';
import { readSettings } from '@kopru/runtime/config.ts';
import { openGround } from '@kopru/runtime/ground.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { openSubgraph } from '@kopru/runtime/subgraph/open.ts';
import { events } from '@kopru/schema/events.ts';
import { legacyEvents } from '@kopru/schema/legacy-events.ts';
import { settings } from '../../settings.ts';
import { subgraphs } from '../../start.ts';
import { answer, cpu, now, rss } from './worker.ts';

/**
 * All of Köprü in one process, as `start.ts` has it, whose event log can be written to from outside:
 * so a delivery is measured, and not the transaction that a message begins with.
 */
const values = readSettings(settings, process.env);
const ground = await openGround('kopru', values, { outside: legacyEvents });
for (const definition of subgraphs) await openSubgraph(definition, ground);
const graph = await openGraph(ground);
await ground.revocations.ready();
const router = await openRouter({ ground, graph, settings: values });
const compat = await openCompat({ ground, graph, settings: values });

export interface Announcement {
  readonly channelId: string;
  readonly serverId: string;
  readonly authorId: string;
  readonly content: string;
  readonly count: number;
}

const handlers = {
  open: () => ({
    rest: `http://127.0.0.1:${compat.ports.legacy}/api/rest`,
    graphql: `ws://127.0.0.1:${router.port}/graphql`,
    gateway: `ws://127.0.0.1:${compat.ports.gatewaySocket}/`,
  }),
  cpu,
  rss,
  /** Announces `count` messages at once; the time at which it began, by `now`. */
  async publish({ count, ...message }: Announcement): Promise<number> {
    const at = new Date().toISOString();
    const drafts = Array.from({ length: count }, () => {
      const payload = { ...message, id: newId(), nonce: null, replyToId: null, createdAt: at, editedAt: null };
      const { type, topics, payload: carried } = events.messageCreated({ message: payload });
      return { id: newId(), type, topics, payload: carried, at };
    });
    const startedAt = now();
    await ground.destination.append(drafts);
    return startedAt;
  },
};
export type HostHandlers = typeof handlers;
answer(handlers);
