import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import type { OutboxMetrics } from '../database/database.ts';
import { relayLag, watchDatabase } from './metrics.ts';

const quiet: OutboxMetrics = {
  depth: async () => 0,
  oldest: async () => 0,
  relayed: () => 0,
  failures: () => 0,
};
const linesOf = async (registry: Registry): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

it('shows the outbox of each subgraph of a process', async () => {
  const registry = new Registry();
  let relayed = 3;
  let away = false;
  const outbox = { depth: async () => 2, oldest: async () => 1.5, relayed: () => relayed, failures: () => 1 };
  watchDatabase(registry, 'one', { pools: {}, outbox });
  const depth = async (): Promise<number> => {
    if (away) throw new Error('The database is away.');
    return 0;
  };
  watchDatabase(registry, 'other', { pools: {}, outbox: { ...quiet, depth, oldest: depth } });
  expect(await linesOf(registry)).toEqual([
    'kopru_outbox_depth{subgraph="one"} 2',
    'kopru_outbox_depth{subgraph="other"} 0',
    'kopru_outbox_oldest_seconds{subgraph="one"} 1.5',
    'kopru_outbox_oldest_seconds{subgraph="other"} 0',
    'kopru_events_relayed_total{subgraph="one"} 3',
    'kopru_events_relayed_total{subgraph="other"} 0',
    'kopru_relay_failures_total{subgraph="one"} 1',
    'kopru_relay_failures_total{subgraph="other"} 0',
  ]);
  relayed = 5;
  away = true;
  const now = await linesOf(registry);
  expect(now).toContain('kopru_outbox_depth{subgraph="other"} Nan');
  expect(now).toContain('kopru_outbox_oldest_seconds{subgraph="other"} Nan');
  expect(now).toContain('kopru_events_relayed_total{subgraph="one"} 5');
});

it('shows how busy the connections are, by what they are for', async () => {
  const registry = new Registry();
  const pool = { size: 10, busy: () => 4, waits: () => 7, cut: () => undefined };
  watchDatabase(registry, 'one', { outbox: quiet, pools: { read: pool, write: { ...pool, busy: () => 0 } } });
  expect((await linesOf(registry)).filter((line) => line.includes('connection'))).toEqual([
    'kopru_database_connections_busy{subgraph="one",pool="read"} 4',
    'kopru_database_connections_busy{subgraph="one",pool="write"} 0',
    'kopru_database_connections_max{subgraph="one",pool="read"} 10',
    'kopru_database_connections_max{subgraph="one",pool="write"} 10',
    'kopru_database_connection_waits_total{subgraph="one",pool="read"} 7',
    'kopru_database_connection_waits_total{subgraph="one",pool="write"} 7',
  ]);
});

it('does not count the connection that counting takes', async () => {
  const registry = new Registry();
  let busy = 0;
  const asking = async (): Promise<number> => {
    busy += 1;
    return 0;
  };
  const pool = { size: 2, busy: () => busy, waits: () => 0, cut: () => undefined };
  watchDatabase(registry, 'one', { outbox: { ...quiet, depth: asking, oldest: asking }, pools: { relay: pool } });
  expect(await linesOf(registry)).toContain('kopru_database_connections_busy{subgraph="one",pool="relay"} 0');
  expect(busy).toBe(2);
});

it('shows how long events are under way', async () => {
  const registry = new Registry();
  relayLag(registry, 'one')(0.002);
  relayLag(registry, 'other')(3);
  const lines = await linesOf(registry);
  expect(lines).toContain('kopru_relay_lag_seconds_bucket{le="0.0025",subgraph="one"} 1');
  expect(lines).toContain('kopru_relay_lag_seconds_sum{subgraph="other"} 3');
});

it('keeps processes apart', async () => {
  const [here, there] = [new Registry(), new Registry()];
  watchDatabase(here, 'one', { pools: {}, outbox: quiet });
  expect(await there.metrics()).toBe('\n');
});
