import { Counter, Gauge, type Registry } from 'prom-client';
import type { OutboxMetrics } from '../database/database.ts';

const outboxes = new WeakMap<Registry, Map<string, OutboxMetrics>>();

/** Shows the state of a subgraph's outbox. Subgraphs of one process share its registry, and differ by label. */
export function countOutbox(registry: Registry, subgraph: string, outbox: OutboxMetrics): void {
  const watched = outboxes.get(registry) ?? watch(registry);
  watched.set(subgraph, outbox);
}

function watch(registry: Registry): Map<string, OutboxMetrics> {
  const watched = new Map<string, OutboxMetrics>();
  outboxes.set(registry, watched);
  const shared = { labelNames: ['subgraph'], registers: [registry] };
  new Gauge({
    ...shared,
    name: 'kopru_outbox_depth',
    help: 'Events committed and not yet relayed; NaN while the database is away.',
    async collect() {
      for (const [subgraph, outbox] of watched) {
        // A scrape tells of everything else also while the database is away, of which /ready tells.
        const depth = await outbox.depth().catch(() => Number.NaN);
        this.set({ subgraph }, depth);
      }
    },
  });
  const total = (name: string, help: string, value: (outbox: OutboxMetrics) => number): void => {
    new Counter({
      ...shared,
      name,
      help,
      // Counted where it happens, in plain numbers.
      collect() {
        this.reset();
        for (const [subgraph, outbox] of watched) this.inc({ subgraph }, value(outbox));
      },
    });
  };
  total('kopru_events_relayed_total', 'Events relayed from the outbox.', (outbox) => outbox.relayed());
  total('kopru_relay_failures_total', 'Attempts to relay events that failed.', (outbox) => outbox.failures());
  return watched;
}
