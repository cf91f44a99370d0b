import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import { codeOf } from '../errors.ts';
import { within } from '../within.ts';
import { Link, type LinkOptions } from './amqp.link.ts';
import { eventOf } from './amqp.message.ts';
import { declare, type Topology } from './amqp.topology.ts';
import type { NewEvent, Outside } from './event.ts';
import type { EventLog } from './log.ts';

export interface BridgeOptions extends Omit<LinkOptions, 'name' | 'open' | 'lost'> {
  readonly topology: Topology;
  readonly outside: Outside;
  readonly log: EventLog;
  /** So many events have been appended, or messages put aside because they cannot be read. */
  readonly count: (outcome: 'appended' | 'dead-lettered', number: number) => void;
}

/** How many messages RabbitMQ hands over ahead of their acknowledgement. */
const prefetch = 500;
/** How long what is in hand may take at a close, in milliseconds. */
const closeWithin = 1_000;

/** What one connection brings. */
interface Session {
  readonly channel: Channel;
  /** Gives its connection up for another. */
  readonly fail: (reason: Error) => void;
  readonly held: ConsumeMessage[];
  /** What is held is no longer ours: RabbitMQ gives it to the next. */
  over: boolean;
  working: Promise<void> | undefined;
}

interface Read {
  readonly message: ConsumeMessage;
  /** null where another message carries it. */
  readonly event: NewEvent | null;
}

/**
 * Brings what is published in RabbitMQ into the log, in the order of the queue, and acknowledges it then.
 * Any number may run; RabbitMQ lets one at a time work, and gives the next what that one left.
 */
export class Bridge {
  readonly link: Link;
  readonly #options: BridgeOptions;
  #session: Session | undefined;

  constructor(options: BridgeOptions) {
    this.#options = options;
    this.link = new Link({
      ...options,
      name: 'bridge',
      open: (connection, fail) => this.#open(connection, fail),
      lost: () => {
        if (this.#session) this.#session.over = true;
        this.#session = undefined;
      },
    });
  }

  /** Finishes what is being appended, and leaves the rest to the others. */
  async close(): Promise<void> {
    const session = this.#session;
    if (session) {
      session.over = true;
      await within(closeWithin, Promise.resolve(session.working), () => new Error('The log does not answer.')).catch(
        (error: unknown) => this.#options.logger.debug({ err: error }, 'messages go back to RabbitMQ'),
      );
    }
    await this.link.close();
  }

  async #open(connection: ChannelModel, fail: Session['fail']): Promise<void> {
    const { topology, log } = this.#options;
    // Who cannot append asks for nothing, and leaves the work to those who can.
    await log.ping();
    const channel = await connection.createChannel();
    channel.on('error', fail);
    channel.on('close', () => fail(new Error('RabbitMQ closed the channel.')));
    await declare(channel, topology);
    await channel.prefetch(prefetch);
    const session: Session = { channel, fail, held: [], over: false, working: undefined };
    this.#session = session;
    await channel.consume(topology.queue, (message) => {
      if (message) this.#take(session, message);
      else fail(new Error('The queue was deleted.'));
    });
  }

  #take(session: Session, message: ConsumeMessage): void {
    session.held.push(message);
    session.working ??= this.#work(session);
  }

  async #work(session: Session): Promise<void> {
    try {
      while (session.held.length > 0 && !session.over) await this.#pass(session, session.held.splice(0));
    } catch (error) {
      // With the connection everything that is unacknowledged goes back to where it was in the queue.
      session.fail(error as Error);
    }
    session.working = undefined;
  }

  async #pass(session: Session, messages: readonly ConsumeMessage[]): Promise<void> {
    const read: Read[] = [];
    for (const message of messages) {
      try {
        read.push({ message, event: eventOf(message, this.#options.outside) });
      } catch (error) {
        this.#putAside(session, message, error);
      }
    }
    const last = (await this.#append(session, read)).at(-1);
    if (last) session.channel.ack(last.message, true);
  }

  /** Resolves with what has been appended: all of it, but for what the log takes at no time. */
  async #append(session: Session, read: readonly Read[]): Promise<readonly Read[]> {
    const events = read.flatMap(({ event }) => event ?? []);
    try {
      if (events.length > 0) await this.#options.log.append(events);
      this.#options.count('appended', events.length);
      return read;
    } catch (error) {
      const [first] = read;
      if (!first || codeOf(error) === 'UNAVAILABLE') throw error;
      if (read.length === 1) {
        this.#putAside(session, first.message, error);
        return [];
      }
      const appended: Read[] = [];
      for (const one of read) appended.push(...(await this.#append(session, [one])));
      return appended;
    }
  }

  /** So that nothing behind it waits. */
  #putAside({ channel }: Session, message: ConsumeMessage, error: unknown): void {
    const { fields, properties } = message;
    this.#options.logger.error(
      { err: error, routingKey: fields.routingKey, messageId: properties.messageId },
      'a message of RabbitMQ cannot be read; it is among the dead letters',
    );
    channel.nack(message, false, false);
    this.#options.count('dead-lettered', 1);
  }
}
