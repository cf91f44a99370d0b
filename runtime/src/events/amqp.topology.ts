import type { Channel } from 'amqplib';

/** What there is in RabbitMQ. */
export interface Topology {
  /** The topic exchange that this system and services outside share. */
  readonly exchange: string;
  /** Everything that is published there, on its way into the log. */
  readonly queue: string;
  /** What could not be read, for somebody to look at. */
  readonly deadLetters: string;
}

export const topologyOf = (exchange: string): Topology => ({
  exchange,
  queue: `${exchange}.kopru`,
  deadLetters: `${exchange}.kopru.dead`,
});

/** How many unreadable messages are kept; the oldest go first. */
const keptDeadLetters = 10_000;

/**
 * Makes what is not there yet. Whoever publishes does this before: what no queue takes is lost.
 * Classic queues, because they put what comes back where it was; docs/adr/0006.
 */
export async function declare(channel: Channel, { exchange, queue, deadLetters }: Topology): Promise<void> {
  const kind = { 'x-queue-type': 'classic' };
  await channel.assertExchange(exchange, 'topic', { durable: true });
  await channel.assertQueue(deadLetters, { durable: true, arguments: { ...kind, 'x-max-length': keptDeadLetters } });
  await channel.assertQueue(queue, {
    durable: true,
    arguments: {
      ...kind,
      'x-single-active-consumer': true,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': deadLetters,
    },
  });
  await channel.bindQueue(queue, exchange, '#');
}
