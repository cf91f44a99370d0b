import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Logger } from '../logger.ts';
import { comparePositions, type LogEvent, type Position } from './event.ts';
import { Channels } from './redis.channels.ts';
import { eventAt, type RedisStream } from './redis.scripts.ts';
import { reaches } from './replay.ts';

export interface FeedOptions {
  readonly subscriber: Redis;
  readonly commands: Redis;
  readonly stream: RedisStream;
  /** A channel of this process alone. */
  readonly beatChannel: string;
  /** How often it hears itself there, in milliseconds. */
  readonly beatEvery: number;
  readonly logger: Logger;
  /** Called with each event of a channel that is held, once, in log order. */
  readonly deliver: (event: LogEvent) => void;
  /** Whether anybody wants the events of a topic. */
  readonly wanted: (topic: string) => boolean;
  /** Called where events may have been lost; what follows is past `floor`. */
  readonly gap: (floor: Position) => void;
}

const pageSize = 500;
const beatsMissed = 3;
/** How many ids are remembered, for what Redis forgets when it restarts. */
const remembered = 5_000;

/**
 * The events of the held channels, from one long-lived Redis subscription. On every new connection it reads from the stream
 * what it missed, before it goes on with what is published.
 */
export class Feed {
  readonly channels: Channels;
  readonly #options: FeedOptions;
  readonly #recent = new Set<string>();
  #served: Position = '0-0';
  /** Whether messages are passed on as they come; else the stream is read up to where they go on. */
  #live = false;
  /** The newest place that a message told of while not live. */
  #announced: Position = '0-0';
  /** Counts the connections, so that what serves an earlier one ends. */
  #turn = 0;
  /** Beats sent since anything was heard. */
  #unheard = 0;
  #beat: NodeJS.Timeout | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.channels = new Channels(options.subscriber, options.commands, (message) => this.#hear(message));
  }

  /** Everything wanted up to here has been delivered. */
  get served(): Position {
    return this.#served;
  }

  /** Begins at the newest place. The subscriber is connected. */
  async start(): Promise<void> {
    const { subscriber, stream, beatChannel, beatEvery } = this.#options;
    this.#served = (await stream.read('0-0', 0)).newest;
    subscriber.on('ready', () => this.#resume());
    this.#resume();
    await this.channels.hold(beatChannel);
    this.#beat = setInterval(() => this.#sendBeat(), beatEvery).unref();
  }

  close(): void {
    clearInterval(this.#beat);
    this.#turn += 1;
    this.#live = false;
  }

  #hear(message: string): void {
    this.#unheard = 0;
    const space = message.indexOf(' ');
    const position = message.slice(0, space);
    if (!this.#live) {
      if (comparePositions(position, this.#announced) > 0) this.#announced = position;
      return;
    }
    const json = message.slice(space + 1);
    // An event comes on each of its channels. A beat that is behind is that of a stream begun anew.
    if (comparePositions(position, this.#served) <= 0) {
      if (json === '' && position !== this.#served) this.#resume();
      return;
    }
    this.#served = position;
    if (json !== '') this.#deliver(eventAt(position, json));
  }

  #deliver(event: LogEvent): void {
    if (this.#recent.has(event.id)) return;
    this.#recent.add(event.id);
    for (const oldest of this.#recent) {
      if (this.#recent.size <= remembered) break;
      this.#recent.delete(oldest);
    }
    this.#options.deliver(event);
  }

  #resume(): void {
    this.#live = false;
    this.#announced = '0-0';
    this.#unheard = 0;
    this.#turn += 1;
    void this.#catchUp(this.#turn);
  }

  async #catchUp(turn: number): Promise<void> {
    const { subscriber, logger } = this.#options;
    let subscribed = false;
    let failed = false;
    while (turn === this.#turn) {
      try {
        if (!subscribed) await this.channels.resubscribe();
        subscribed = true;
        await this.#readOn(turn);
        return;
      } catch (error) {
        // The next connection begins anew.
        if (turn !== this.#turn || subscriber.status !== 'ready') return;
        if (!failed) logger.warn({ err: error }, 'what the event log missed cannot be read yet');
        failed = true;
        await wait(200);
      }
    }
  }

  /** Reads up to where the messages go on, and lets them pass from there. */
  async #readOn(turn: number): Promise<void> {
    const { stream, wanted, gap, logger } = this.#options;
    while (turn === this.#turn) {
      const announced = this.#announced;
      const { floor, newest, entries, end, more } = await stream.read(this.#served, pageSize);
      if (turn !== this.#turn) return;
      if (!reaches(this.#served, floor, newest)) {
        logger.warn({ served: this.#served, floor, newest }, 'the event log lost events');
        this.#served = floor;
        gap(floor);
        continue;
      }
      for (const { position, topics, event } of entries) {
        this.#served = position;
        if (topics.some(wanted)) this.#deliver(event());
      }
      this.#served = end;
      // What was announced before the read and is past the newest was of a stream that is no more.
      if (announced === this.#announced && comparePositions(announced, newest) > 0) this.#announced = newest;
      this.#live = !more && comparePositions(end, this.#announced) >= 0;
      if (this.#live) return;
    }
  }

  /**
   * A message to itself carries the newest place: what is behind it has arrived. So a quiet channel does not leave `served` far
   * behind, and a connection that died without a word is noticed.
   */
  #sendBeat(): void {
    const { subscriber, stream, beatChannel, logger } = this.#options;
    if (!this.#live) return;
    if (this.#unheard === beatsMissed) {
      logger.warn('the Redis subscription is silent; it is opened anew');
      subscriber.disconnect(true);
      return;
    }
    this.#unheard += 1;
    stream.beat(beatChannel).catch((error: unknown) => {
      // Without a beat there is nothing to hear.
      this.#unheard = 0;
      logger.debug({ err: error }, 'the event log cannot beat');
    });
  }
}
