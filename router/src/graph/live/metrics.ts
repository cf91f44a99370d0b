import { type LogEvent, timeOf } from '@kopru/runtime/events/event.ts';
import { lagBuckets } from '@kopru/runtime/subgraph/metrics.ts';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Subscribed } from '../graph.ts';

/** What the live engine counts, of every door that listens through it. */
export interface LiveMetrics {
  /** A subscription was asked for. */
  asked(subscribed: Subscribed): void;
  /** The response for an event has been made and goes to those who share it. */
  answered(event: LogEvent): void;
  /** Takes them off the registry, which others share. */
  close(): void;
}

/** `size` says how much is live when the metrics are read. */
export function liveMetrics(
  register: Registry,
  size: () => { readonly subscriptions: number; readonly groups: number },
): LiveMetrics {
  const registers = [register];
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge('kopru_live_subscriptions', 'Live subscriptions of all doors of this process.', () => size().subscriptions);
  gauge(
    'kopru_live_operations',
    'Different operations among them: each is executed once for an event.',
    () => size().groups,
  );
  const asked = new Counter({
    name: 'kopru_live_subscriptions_total',
    help: 'Subscriptions asked for: ok, or the code of the error that refused them.',
    labelNames: ['outcome'],
    registers,
  });
  const lag = new Histogram({
    name: 'kopru_live_lag_seconds',
    help: 'From the event log taking an event to a response being made of it, by the clocks of both.',
    buckets: lagBuckets,
    registers,
  });
  return {
    asked: (subscribed) => asked.inc({ outcome: outcomeOf(subscribed) }),
    answered: ({ position }) => lag.observe(Math.max(0, Date.now() - timeOf(position)) / 1_000),
    close() {
      for (const name of names) register.removeSingleMetric(name);
    },
  };
}

const outcomeOf = (subscribed: Subscribed): string =>
  'errors' in subscribed ? String(subscribed.errors[0]?.extensions?.code ?? 'INTERNAL') : 'ok';

const names = [
  'kopru_live_subscriptions',
  'kopru_live_operations',
  'kopru_live_subscriptions_total',
  'kopru_live_lag_seconds',
];
