import type { Redis } from 'ioredis';
import { unavailable } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import { within } from '../within.ts';
import { comparePositions, type LogEvent, type NewEvent, type Position } from './event.ts';
import { Listeners, newSubscriber, type Subscriber } from './listeners.ts';
import { type EventLog, type LogSubscription, ResumeGap, type Retention, type SubscribeOptions } from './log.ts';
import { answerOf, connect, createClient, unreachable } from './redis.client.ts';
import { Feed } from './redis.feed.ts';
import { Replays } from './redis.replays.ts';
import { type Announcements, RedisStream } from './redis.scripts.ts';
import { isPlace, Replay } from './replay.ts';
import { TopicSubscription } from './subscription.ts';

export interface RedisLogOptions {
  readonly url: string;
  /** What every key and channel begins with. */
  readonly prefix: string;
  /** Where services outside hear of what has a name there, as `{ event, data }`. Nobody does where absent. */
  readonly outside?: Announcements | undefined;
  readonly retention?: Partial<Retention>;
  /** How long an answer of Redis may take, in milliseconds; 3,000 unless told. */
  readonly timeout?: number;
  /** How often to see whether the subscription is alive, in milliseconds; 3,000 unless told. */
  readonly beatEvery?: number;
  readonly logger: Logger;
}

const defaultRetention: Retention = { events: 100_000, milliseconds: 60 * 60_000 };

/** Opens the log that several processes share. Rejects when Redis does not appear within half a minute. */
export async function openRedisLog(options: RedisLogOptions): Promise<EventLog> {
  if (options.prefix === '') throw new Error('The event log needs a prefix: one Redis may serve several systems.');
  const log = new RedisLog(options);
  try {
    await log.start();
  } catch (error) {
    await log.close();
    throw error;
  }
  return log;
}

class RedisLog implements EventLog {
  readonly #timeout: number;
  readonly #prefix: string;
  readonly #commands: Redis;
  readonly #subscriber: Redis;
  readonly #stream: RedisStream;
  readonly #listeners: Listeners;
  readonly #feed: Feed;
  readonly #replays: Replays;
  /** The newest place after an append of this process. */
  #appended: Position = '0-0';
  #asking: Promise<Position> | undefined;
  #closed = false;

  constructor({ url, prefix, outside, retention, timeout = 3_000, beatEvery = 3_000, logger }: RedisLogOptions) {
    this.#timeout = timeout;
    this.#prefix = prefix;
    this.#commands = createClient('commands', url, timeout, logger);
    this.#subscriber = createClient('subscriber', url, timeout, logger);
    this.#stream = new RedisStream(this.#commands, prefix, { ...defaultRetention, ...retention }, outside);
    this.#listeners = new Listeners(logger);
    this.#feed = new Feed({
      subscriber: this.#subscriber,
      commands: this.#commands,
      stream: this.#stream,
      beatChannel: `${prefix}beat:${newId()}`,
      beatEvery,
      logger,
      deliver: (event) => this.#listeners.dispatch(event),
      wanted: (topic) => this.#listeners.has(topic),
      gap: (floor) => {
        this.#appended = '0-0';
        this.#listeners.restart(floor);
      },
    });
    this.#replays = new Replays((after, count) => this.#stream.read(after, count));
  }

  async start(): Promise<void> {
    await connect([this.#commands, this.#subscriber]);
    await within(this.#timeout, this.#feed.start(), unreachable);
  }

  async append(events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    this.#requireOpen();
    const newest = await reached(this.#stream.append(events));
    if (comparePositions(newest, this.#appended) > 0) this.#appended = newest;
  }

  async subscribe(
    topics: readonly string[],
    listener: (event: LogEvent) => void,
    { after, onGap }: SubscribeOptions = {},
  ): Promise<LogSubscription> {
    this.#requireOpen();
    const subscriber = newSubscriber(listener, onGap);
    await this.#take(subscriber, [...new Set(topics)], after);
    return new TopicSubscription(subscriber, {
      take: (_, missing, from) => this.#take(subscriber, missing, from),
      drop: (_, dropped) => {
        for (const topic of dropped) this.#listeners.remove(subscriber, topic);
        this.#release(dropped);
      },
    });
  }

  /** Askers of one moment share an answer. */
  position(): Promise<Position> {
    this.#asking ??= reached(this.#stream.read('0-0', 0))
      .then(({ newest }) => newest)
      .finally(() => {
        this.#asking = undefined;
      });
    return this.#asking;
  }

  async ping(): Promise<void> {
    this.#requireOpen();
    // Writing, since a Redis that is full or a replica still answers.
    const probe = this.#commands.set(`${this.#prefix}probe`, '', 'EX', 60);
    await reached(Promise.all([answerOf(this.#commands, probe), answerOf(this.#subscriber, this.#subscriber.ping())]));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#feed.close();
    this.#commands.disconnect();
    this.#subscriber.disconnect();
  }

  async #take(subscriber: Subscriber, topics: readonly string[], after: Position | undefined): Promise<void> {
    if (after !== undefined && !isPlace(after)) throw new ResumeGap();
    const { channels } = this.#feed;
    const channelNames = topics.map((topic) => this.#stream.channelOf(topic));
    const heard = channelNames.every((channel) => channels.has(channel));
    const holds = Promise.all(channelNames.map((channel) => channels.hold(channel)));
    try {
      if (after !== undefined) {
        await within(this.#timeout, holds, unreachable);
        await this.#replays.run(new Replay(this.#listeners, subscriber, topics, after, this.#feed.served));
        return;
      }
      // What is heard already can start where the feed is. Else ask, for the feed may be behind on what it does not hear.
      const [now] = await within(
        this.#timeout,
        Promise.all([heard ? this.#feed.served : this.position(), holds]),
        unreachable,
      );
      const start = comparePositions(now, this.#appended) > 0 ? now : this.#appended;
      for (const topic of topics) this.#listeners.add(subscriber, topic, start);
    } catch (error) {
      this.#release(topics);
      throw error;
    }
  }

  #requireOpen(): void {
    if (this.#closed) throw unavailable('The event log is closed.');
  }

  #release(topics: readonly string[]): void {
    for (const topic of topics) this.#feed.channels.release(this.#stream.channelOf(topic));
  }
}

/** @throws UNAVAILABLE in place of whatever the client says. */
function reached<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw unreachable(error as Error);
  });
}
