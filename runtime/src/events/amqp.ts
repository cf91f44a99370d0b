import { Counter, Gauge, type Registry } from 'prom-client';
import type { Logger } from '../logger.ts';
import { Bridge } from './amqp.bridge.ts';
import { Publisher } from './amqp.publisher.ts';
import { topologyOf } from './amqp.topology.ts';
import type { Outside } from './event.ts';
import type { Destination, EventLog } from './log.ts';

export interface AmqpOptions {
  readonly url: string;
  /** The topic exchange that this system and services outside share. */
  readonly exchange: string;
  /** What everything that is published there is brought to. It stays open. */
  readonly log: EventLog;
  readonly outside: Outside;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** How long an answer of RabbitMQ may take, in milliseconds; 3,000 unless told. */
  readonly timeout?: number;
  /** How often each side shows that it is alive, in seconds; 10 unless told. */
  readonly heartbeat?: number;
}

/** RabbitMQ in front of the log: what is appended here is published there, and comes to the log as everything else that is. */
export interface Amqp extends Destination {
  close(): Promise<void>;
}

/**
 * Connects to RabbitMQ, over one connection for publishing and one for the way into the log: where RabbitMQ makes publishers wait,
 * the queue can still be emptied. Resolves after the first attempt, also where that failed: what is to be published waits in the outbox.
 */
export async function openAmqp(options: AmqpOptions): Promise<Amqp> {
  const { exchange, metrics } = options;
  const registers = [metrics];
  const handled = new Counter({
    name: 'kopru_bridge_messages_total',
    help: 'Messages of RabbitMQ that were brought to the event log, or put aside because they cannot be read.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['appended', 'dead-lettered']) handled.inc({ outcome }, 0);
  const shared = { timeout: 3_000, heartbeat: 10, ...options, topology: topologyOf(exchange) };
  const publisher = new Publisher(shared);
  const bridge = new Bridge({ ...shared, count: (outcome, number) => handled.inc({ outcome }, number) });
  const links = { publisher: publisher.link, bridge: bridge.link };
  new Gauge({
    name: 'kopru_amqp_connected',
    help: 'Whether the connection to RabbitMQ can be used.',
    labelNames: ['connection'],
    registers,
    collect() {
      for (const [connection, { ready }] of Object.entries(links)) this.set({ connection }, Number(ready));
    },
  });
  await Promise.all([publisher.link.start(), bridge.link.start()]);
  return {
    append: (events) => publisher.append(events),
    async close() {
      await Promise.all([publisher.link.close(), bridge.close()]);
    },
  };
}
