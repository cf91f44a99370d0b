import type { ChannelModel, ConfirmChannel } from 'amqplib';
import { unavailable } from '../errors.ts';
import { within } from '../within.ts';
import { Link, type LinkOptions } from './amqp.link.ts';
import { messagesOf, type Outgoing } from './amqp.message.ts';
import { declare, type Topology } from './amqp.topology.ts';
import type { NewEvent, Outside } from './event.ts';
import type { Destination } from './log.ts';

export interface PublisherOptions extends Omit<LinkOptions, 'name' | 'open' | 'lost'> {
  readonly topology: Topology;
  readonly outside: Outside;
}

interface Session {
  readonly channel: ConfirmChannel;
  /** Gives its connection up for another. */
  readonly fail: (reason: Error) => void;
}

/** How much may be on its way at once, in bytes; the rest waits in the outboxes. */
const mostUnconfirmed = 32 * 1024 * 1024;

/** Brings events to RabbitMQ. What is not confirmed as a whole is refused as a whole, and sent again by who keeps it. */
export class Publisher implements Destination {
  readonly link: Link;
  readonly #options: PublisherOptions;
  #session: Session | undefined;
  /** Rejects when RabbitMQ takes no more for want of memory or disk. */
  #blocked = Promise.withResolvers<never>();
  #isBlocked = false;
  #unconfirmed = 0;
  /** What RabbitMQ could not route, until its confirm, which comes right after. */
  readonly #returned = new Set<string>();

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.link = new Link({
      ...options,
      name: 'publisher',
      open: (connection, fail) => this.#open(connection, fail),
      lost: () => {
        this.#session = undefined;
      },
    });
  }

  async append(events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const session = this.#session;
    if (!session || this.#isBlocked) throw unavailable('RabbitMQ cannot be reached.');
    const messages = events.flatMap((event) => messagesOf(event, this.#options.outside));
    const size = messages.reduce((sum, message) => sum + sizeOf(message), 0);
    if (this.#unconfirmed > 0 && this.#unconfirmed + size > mostUnconfirmed)
      throw unavailable('RabbitMQ does not keep up.');
    this.#unconfirmed += size;
    try {
      const confirms = Promise.all(messages.map((message) => this.#publish(session, message)));
      await within(this.#options.timeout, Promise.race([confirms, this.#blocked.promise]), () => late(session));
    } catch (error) {
      throw unavailable('RabbitMQ did not take the events.', error as Error);
    } finally {
      this.#unconfirmed -= size;
    }
  }

  async #open(connection: ChannelModel, fail: Session['fail']): Promise<void> {
    this.#unblock();
    connection.on('blocked', (reason) => {
      this.#isBlocked = true;
      this.#options.logger.warn({ reason }, 'RabbitMQ takes no more events; they wait in the outbox');
      this.#blocked.reject(new Error(`RabbitMQ takes no more: ${reason}.`));
    });
    connection.on('unblocked', () => this.#unblock());
    const channel = await connection.createConfirmChannel();
    channel.on('error', fail);
    channel.on('close', () => fail(new Error('RabbitMQ closed the channel.')));
    channel.on('return', (message) => this.#returned.add(keyOf(message)));
    this.#returned.clear();
    await declare(channel, this.#options.topology);
    this.#session = { channel, fail };
  }

  #publish({ channel, fail }: Session, { routingKey, content, properties }: Outgoing): Promise<void> {
    return new Promise((resolve, reject) => {
      channel.publish(this.#options.topology.exchange, routingKey, content, properties, (error: Error | null) => {
        if (error) return reject(error);
        if (!this.#returned.delete(keyOf({ fields: { routingKey }, properties }))) return resolve();
        const unroutable = new Error('No queue takes what is published; it is bound anew.');
        fail(unroutable);
        reject(unroutable);
      });
    });
  }

  #unblock(): void {
    this.#isBlocked = false;
    this.#blocked = Promise.withResolvers();
    this.#blocked.promise.catch(() => undefined);
  }
}

function late({ fail }: Session): Error {
  const error = new Error('RabbitMQ did not confirm in time.');
  fail(error);
  return error;
}

const keyOf = ({
  fields,
  properties,
}: {
  fields: { routingKey: string };
  properties: { messageId?: string };
}): string => `${fields.routingKey} ${properties.messageId}`;

/** In bytes, near enough. */
const sizeOf = ({ content, properties }: Outgoing): number =>
  content.length + JSON.stringify(properties.headers).length + 256;
