import { RedisPubSub } from 'graphql-redis-subscriptions';
import type { Redis } from 'ioredis';
import { answerOf } from './redis.client.ts';

type OnMessage = (message: string) => void;

/**
 * The Redis channels that this process listens to, however many listen to each.
 * A channel that Redis did not take on is taken on with the next connection.
 */
export class Channels {
  readonly #subscriber: Redis;
  readonly #onMessage: OnMessage;
  readonly #pubSub: RedisPubSub;
  /** Channel → what to call once Redis has taken it on. */
  readonly #wanted = new Map<string, () => void>();
  readonly #held = new Map<string, { holders: number; readonly id: Promise<number>; acknowledged: boolean }>();

  /** `subscriber` has `autoResubscribe` off; `resubscribe` is called on each of its connections. */
  constructor(subscriber: Redis, publisher: Redis, onMessage: OnMessage) {
    this.#subscriber = subscriber;
    this.#onMessage = onMessage;
    this.#pubSub = new RedisPubSub({
      publisher,
      subscriber: this.#connection(),
      deserializer: (message) => message.toString(),
    });
  }

  /** Whether messages of the channel arrive. */
  has(channel: string): boolean {
    return this.#held.get(channel)?.acknowledged ?? false;
  }

  /** Resolves when messages of the channel arrive. To be released, also where it has not resolved yet. */
  async hold(channel: string): Promise<void> {
    let held = this.#held.get(channel);
    if (!held) {
      held = { holders: 0, id: this.#pubSub.subscribe<string>(channel, this.#onMessage), acknowledged: false };
      this.#held.set(channel, held);
    }
    held.holders += 1;
    await held.id;
    held.acknowledged = true;
  }

  release(channel: string): void {
    const held = this.#held.get(channel);
    if (!held) return;
    held.holders -= 1;
    void held.id.then((id) => {
      if (held.holders > 0 || this.#held.get(channel) !== held) return;
      this.#held.delete(channel);
      this.#pubSub.unsubscribe(id);
    });
  }

  /** Takes every channel on again, on a new connection. */
  async resubscribe(): Promise<void> {
    const channels = [...this.#wanted.keys()];
    for (let start = 0; start < channels.length; start += 1_000) {
      const some = channels.slice(start, start + 1_000);
      await answerOf(this.#subscriber, this.#subscriber.subscribe(...some));
      for (const channel of some) {
        const taken = this.#wanted.get(channel);
        if (taken) taken();
        else this.#subscriber.unsubscribe(channel).catch(waitForConnection);
      }
    }
  }

  /**
   * The subscriber as RedisPubSub is given it. It must never see a SUBSCRIBE fail, because it then leaves a rejected promise
   * behind that nobody can handle; nor an UNSUBSCRIBE, whose promise it drops.
   */
  #connection(): Redis {
    const subscriber = this.#subscriber;
    const connection = {
      on: subscriber.on.bind(subscriber),
      subscribe: (channel: string, done: (error?: Error | null) => void) => {
        // Told twice, RedisPubSub breaks.
        const taken = (): void => {
          if (this.#wanted.get(channel) !== taken) return;
          this.#wanted.set(channel, () => undefined);
          done(null);
        };
        this.#wanted.set(channel, taken);
        answerOf(subscriber, subscriber.subscribe(channel)).then(taken, waitForConnection);
      },
      unsubscribe: (channel: string) => {
        this.#wanted.delete(channel);
        subscriber.unsubscribe(channel).catch(waitForConnection);
      },
      punsubscribe: () => undefined,
    };
    return connection as unknown as Redis;
  }
}

/** A connection that breaks takes its channels with it, and the next one takes on what is wanted then. */
const waitForConnection = (): void => undefined;
