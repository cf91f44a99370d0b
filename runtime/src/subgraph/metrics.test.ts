import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { countOutbox } from './metrics.ts';

it('shows the outbox of each subgraph of a process', async () => {
  const registry = new Registry();
  let relayed = 3;
  let away = false;
  countOutbox(registry, 'one', { depth: async () => 2, relayed: () => relayed, failures: () => 1 });
  countOutbox(registry, 'other', {
    depth: async () => {
      if (away) throw new Error('The database is away.');
      return 0;
    },
    relayed: () => 0,
    failures: () => 0,
  });
  const lines = async (): Promise<string[]> =>
    (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(await lines()).toEqual([
    'kopru_outbox_depth{subgraph="one"} 2',
    'kopru_outbox_depth{subgraph="other"} 0',
    'kopru_events_relayed_total{subgraph="one"} 3',
    'kopru_events_relayed_total{subgraph="other"} 0',
    'kopru_relay_failures_total{subgraph="one"} 1',
    'kopru_relay_failures_total{subgraph="other"} 0',
  ]);
  relayed = 5;
  away = true;
  const now = await lines();
  expect(now).toContain('kopru_outbox_depth{subgraph="other"} Nan');
  expect(now).toContain('kopru_events_relayed_total{subgraph="one"} 5');
});

it('keeps processes apart', async () => {
  const [here, there] = [new Registry(), new Registry()];
  countOutbox(here, 'one', { depth: async () => 1, relayed: () => 0, failures: () => 0 });
  expect(await there.metrics()).toBe('\n');
});
