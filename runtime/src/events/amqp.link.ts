import { setTimeout as wait } from 'node:timers/promises';
import { type ChannelModel, connect } from 'amqplib';
import type { Logger } from '../logger.ts';
import { within } from '../within.ts';

export interface LinkOptions {
  readonly url: string;
  /** What it is for; RabbitMQ shows it beside the connection. */
  readonly name: string;
  /** How long an answer of RabbitMQ may take, in milliseconds. */
  readonly timeout: number;
  /** How often each side shows that it is alive, in seconds; after two beats without a sign the other gives it up. */
  readonly heartbeat: number;
  readonly logger: Logger;
  /** Makes a new connection ready for use. Where it rejects, or calls `fail` at any time, the connection is given up for another. */
  readonly open: (connection: ChannelModel, fail: (reason: Error) => void) => Promise<void>;
  /** The connection is gone. */
  readonly lost: () => void;
}

const firstBackoff = 50;
const longestBackoff = 2_000;
/** A connection that lived for less is no reason to hurry, in milliseconds. */
const steady = 5_000;
/** How long a goodbye may take, in milliseconds. */
const closeWithin = 1_000;

/** A connection to RabbitMQ that is made anew whenever it breaks, until it is closed. */
export class Link {
  readonly #options: LinkOptions;
  readonly #closing = new AbortController();
  readonly #attempted = Promise.withResolvers<void>();
  #running: Promise<void> = Promise.resolve();
  #connection: ChannelModel | undefined;
  /** Ends what holds the present connection. */
  #end: (reason: Error) => void = () => undefined;
  #ready = false;
  #away = false;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** Whether it can be used. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Begins. Resolves when the first attempt has succeeded or failed; the others come by themselves. */
  start(): Promise<void> {
    this.#running = this.#run();
    return this.#attempted.promise;
  }

  /** Says goodbye, and hangs up where that takes long. */
  async close(): Promise<void> {
    this.#closing.abort();
    const goodbye = this.#connection?.close() ?? Promise.resolve();
    await within(closeWithin, goodbye, () => new Error('RabbitMQ did not answer.')).catch((error: unknown) =>
      this.#options.logger.debug({ err: error }, 'a connection to RabbitMQ was not closed in order'),
    );
    this.#end(new Error('The connection is closed.'));
    await this.#running;
  }

  async #run(): Promise<void> {
    const { name, logger } = this.#options;
    const { signal } = this.#closing;
    for (let backoff = firstBackoff; !signal.aborted; backoff = Math.min(backoff * 2, longestBackoff)) {
      const since = Date.now();
      const reason = await this.#hold();
      this.#attempted.resolve();
      if (signal.aborted) return;
      if (!this.#away)
        logger.warn({ err: reason, connection: name }, 'the connection to RabbitMQ is of no use; it is made anew');
      this.#away = true;
      if (Date.now() - since > steady) backoff = firstBackoff;
      await wait(backoff * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Makes a connection and holds it until it breaks. Resolves with the reason. */
  async #hold(): Promise<unknown> {
    const { timeout, open, lost } = this.#options;
    const socket = new AbortController();
    const over = Promise.withResolvers<never>();
    over.promise.catch(() => undefined);
    this.#end = over.reject;
    try {
      const connection = await Promise.race([this.#connect(socket.signal), over.promise]);
      this.#connection = connection;
      connection.on('error', over.reject);
      connection.on('close', (error) => over.reject(error ?? new Error('RabbitMQ closed the connection.')));
      const late = (): Error => new Error('RabbitMQ does not answer.');
      await Promise.race([within(timeout, open(connection, over.reject), late), over.promise]);
      this.#use();
      return await over.promise;
    } catch (error) {
      return error;
    } finally {
      this.#ready = false;
      this.#connection = undefined;
      lost();
      // A connection that hangs is not closed by its client, so the socket under it is taken away.
      socket.abort();
    }
  }

  #use(): void {
    const { name, logger } = this.#options;
    this.#ready = true;
    this.#attempted.resolve();
    if (this.#away) logger.info({ connection: name }, 'the connection to RabbitMQ is back');
    this.#away = false;
  }

  #connect(signal: AbortSignal): Promise<ChannelModel> {
    const { url, name, timeout, heartbeat } = this.#options;
    const target = new URL(url);
    if (!target.searchParams.has('heartbeat')) target.searchParams.set('heartbeat', String(heartbeat));
    const socket = { signal, timeout, noDelay: true, clientProperties: { connection_name: `kopru ${name}` } };
    return connect(target.href, socket);
  }
}
