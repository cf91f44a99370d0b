import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Database } from '../database/database.ts';

type Watched = Pick<Database, 'outbox' | 'pools'>;

const databases = new WeakMap<Registry, Map<string, Watched>>();
const lags = new WeakMap<Registry, Histogram<'subgraph'>>();

/** In seconds: what is usual, what somebody notices, what an outage makes of it. */
export const lagBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Shows how long events of a subgraph are under way from being written to being taken by the log, or the broker in front of it. */
export function relayLag(registry: Registry, subgraph: string): (seconds: number) => void {
  const lag =
    lags.get(registry) ??
    new Histogram({
      name: 'kopru_relay_lag_seconds',
      help: 'From an event being written to its being taken by the event log, or by RabbitMQ in front of it.',
      labelNames: ['subgraph'],
      buckets: lagBuckets,
      registers: [registry],
    });
  lags.set(registry, lag);
  return (seconds) => lag.observe({ subgraph }, seconds);
}

/** Shows the state of a subgraph's outbox and connections. Subgraphs of one process share its registry, and differ by label. */
export function watchDatabase(registry: Registry, subgraph: string, database: Watched): void {
  const watched = databases.get(registry) ?? watch(registry);
  watched.set(subgraph, database);
}

function watch(registry: Registry): Map<string, Watched> {
  const watched = new Map<string, Watched>();
  databases.set(registry, watched);
  outboxMetrics(registry, watched);
  poolMetrics(registry, watched);
  return watched;
}

function outboxMetrics(registry: Registry, watched: ReadonlyMap<string, Watched>): void {
  const shared = { labelNames: ['subgraph'], registers: [registry] };
  const asked = (name: string, help: string, value: (database: Watched) => Promise<number>): void => {
    new Gauge({
      ...shared,
      name,
      help: `${help}; NaN while the database is away.`,
      async collect() {
        // Once the connections have been counted: this takes one itself.
        await Promise.resolve();
        // A scrape tells of everything else also while the database is away, of which /ready tells.
        for (const [subgraph, database] of watched)
          this.set({ subgraph }, await value(database).catch(() => Number.NaN));
      },
    });
  };
  asked('kopru_outbox_depth', 'Events committed and not yet relayed', ({ outbox }) => outbox.depth());
  asked('kopru_outbox_oldest_seconds', 'How long the oldest event of the outbox has waited', ({ outbox }) =>
    outbox.oldest(),
  );
  const total = (name: string, help: string, value: (database: Watched) => number): void => {
    new Counter({
      ...shared,
      name,
      help,
      // Counted where it happens, in plain numbers.
      collect() {
        this.reset();
        for (const [subgraph, database] of watched) this.inc({ subgraph }, value(database));
      },
    });
  };
  total('kopru_events_relayed_total', 'Events relayed from the outbox.', ({ outbox }) => outbox.relayed());
  total('kopru_relay_failures_total', 'Attempts to relay events that failed.', ({ outbox }) => outbox.failures());
}

function poolMetrics(registry: Registry, watched: ReadonlyMap<string, Watched>): void {
  const shared = { labelNames: ['subgraph', 'pool'], registers: [registry] };
  const pools = () =>
    [...watched].flatMap(([subgraph, database]) =>
      Object.entries(database.pools).map(([pool, use]) => ({ labels: { subgraph, pool }, use })),
    );
  new Gauge({
    ...shared,
    name: 'kopru_database_connections_busy',
    help: 'Connections to the database that are in use.',
    collect() {
      for (const { labels, use } of pools()) this.set(labels, use.busy());
    },
  });
  new Gauge({
    ...shared,
    name: 'kopru_database_connections_max',
    help: 'Connections to the database that may be in use at a time.',
    collect() {
      for (const { labels, use } of pools()) this.set(labels, use.size);
    },
  });
  new Counter({
    ...shared,
    name: 'kopru_database_connection_waits_total',
    help: 'How often somebody had to wait for a connection to the database.',
    collect() {
      this.reset();
      for (const { labels, use } of pools()) this.inc(labels, use.waits());
    },
  });
}
