import type { GraphQLFormattedError } from 'graphql';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export type Transport = 'http' | 'websocket';

/** What the router counts. Labels have few values: types, codes of the catalogue, nothing that a client writes. */
export interface RouterMetrics {
  /** One operation that was answered: its type, and `ok` or the code of its first error. Without seconds, it was refused unread. */
  operation(transport: Transport, type: string, outcome: string, seconds?: number): void;
  sockets: { add(): void; remove(): void };
  subscriptions: { add(): void; remove(): void };
  /** A response of a subscription was handed to a socket. */
  delivered(): void;
  slowClient(): void;
  /** Takes them off the registry, which others share. */
  close(): void;
}

export function routerMetrics(register: Registry): RouterMetrics {
  const names: string[] = [];
  const named = (name: string, help: string) => {
    names.push(name);
    return { name, help, registers: [register] };
  };
  const operations = new Counter({
    ...named('kopru_graphql_operations_total', 'GraphQL operations answered.'),
    labelNames: ['transport', 'type', 'outcome'],
  });
  const durations = new Histogram({
    ...named(
      'kopru_graphql_operation_duration_seconds',
      'From the arrival of an operation to its answer; for a subscription, to its opening.',
    ),
    labelNames: ['transport', 'type'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  const sockets = new Gauge(named('kopru_graphql_sockets', 'Open graphql-ws sockets.'));
  const subscriptions = new Gauge(named('kopru_graphql_subscriptions', 'Live subscriptions.'));
  let delivered = 0;
  new Counter({
    ...named('kopru_graphql_deliveries_total', 'Responses of subscriptions that were handed to sockets.'),
    // Counted in a plain number: it changes more often than anything else here.
    collect() {
      this.reset();
      this.inc(delivered);
    },
  });
  const slow = new Counter({
    ...named('kopru_graphql_slow_clients_total', 'Sockets that were closed because their client did not keep up.'),
  });
  const counting = (gauge: Gauge) => ({ add: () => gauge.inc(), remove: () => gauge.dec() });
  return {
    operation(transport, type, outcome, seconds) {
      operations.inc({ transport, type, outcome });
      if (seconds !== undefined) durations.observe({ transport, type }, seconds);
    },
    sockets: counting(sockets),
    subscriptions: counting(subscriptions),
    delivered() {
      delivered++;
    },
    slowClient: () => slow.inc(),
    close() {
      for (const name of names) register.removeSingleMetric(name);
    },
  };
}

/** `ok`, or the code of the first error: what metrics tell operations apart by. */
export const outcomeOf = (errors: readonly Pick<GraphQLFormattedError, 'extensions'>[] | undefined): string =>
  errors?.[0] ? String(errors[0].extensions?.code ?? 'INTERNAL') : 'ok';
