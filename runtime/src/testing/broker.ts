import { eventBackends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { type Channel, type ConsumeMessage, connect } from 'amqplib';
import { type Logger, pino } from 'pino';
import { type Flow, type FlowOptions, openFlow } from './flow.ts';
import { openProxy, type ServerProxy } from './proxy.ts';

/** Where RabbitMQ, Redis and a database answer, one place with all of them; else none. */
export const brokers = eventBackends.filter(({ broker }) => broker);

/** A place of its own in RabbitMQ and Redis, with everything a test opens there; closed as a whole. */
export class Broker implements AsyncDisposable {
  readonly #opened = new AsyncDisposableStack();
  readonly #backend: OpenBackend;

  private constructor(backend: OpenBackend) {
    this.#backend = this.#opened.use(backend);
  }

  static async open(open: () => Promise<OpenBackend>): Promise<Broker> {
    return new Broker(await open());
  }

  get settings(): Readonly<Record<string, string>> {
    return this.#backend.settings;
  }

  get exchange(): string {
    return this.settings.AMQP_EXCHANGE ?? '';
  }

  get queue(): string {
    return `${this.exchange}.kopru`;
  }

  /** A log with RabbitMQ in front of it, as one process has it; `settings` and `options` where they differ from the usual. */
  async flow(settings: NodeJS.ProcessEnv = {}, options: Partial<FlowOptions> = {}): Promise<Flow> {
    const logger = options.logger ?? (pino({ level: 'silent' }) as Logger);
    const flow = await openFlow({ ...this.settings, ...settings }, { ...options, logger });
    this.#opened.defer(() => flow.close());
    return flow;
  }

  /** A way to `AMQP_URL` or `REDIS_URL` that can be taken away. */
  async proxy(setting: 'AMQP_URL' | 'REDIS_URL'): Promise<ServerProxy> {
    return this.#opened.use(await openProxy(this.settings[setting] ?? ''));
  }

  /** A channel as any service outside has it. */
  async channel(): Promise<Channel> {
    const connection = await connect(this.settings.AMQP_URL ?? '');
    this.#opened.defer(() => connection.close());
    const channel = await connection.createChannel();
    // Asking for what is not there closes the channel, and the test is told by the answer.
    channel.on('error', () => undefined);
    return channel;
  }

  /** What comes to a queue of a service outside that is bound with `pattern`. */
  async listen(pattern: string): Promise<ConsumeMessage[]> {
    const channel = await this.channel();
    const messages: ConsumeMessage[] = [];
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, this.exchange, pattern);
    await channel.consume(queue, (message) => void (message && messages.push(message)), { noAck: true });
    return messages;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#opened.disposeAsync();
  }
}

/** How many messages of RabbitMQ this process has brought to the log, or put aside. */
export async function handled({ metrics }: Flow, outcome: 'appended' | 'dead-lettered'): Promise<number> {
  const counter = await metrics.getSingleMetric('kopru_bridge_messages_total')?.get();
  return counter?.values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0;
}
