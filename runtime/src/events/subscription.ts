import { Mutex } from '../mutex.ts';
import type { Position } from './event.ts';
import type { Subscriber } from './listeners.ts';
import type { LogSubscription } from './log.ts';

/** How a log gives a subscriber topics and takes them away. */
export interface Topics {
  take(subscriber: Subscriber, topics: readonly string[], after: Position | undefined): Promise<void>;
  drop(subscriber: Subscriber, topics: readonly string[]): void;
}

/** What a log hands out. Changes of its topics happen one after the other. */
export class TopicSubscription implements LogSubscription {
  readonly #subscriber: Subscriber;
  readonly #topics: Topics;
  readonly #mutex = new Mutex();

  constructor(subscriber: Subscriber, topics: Topics) {
    this.#subscriber = subscriber;
    this.#topics = topics;
  }

  setTopics(topics: readonly string[], after?: Position): Promise<void> {
    return this.#mutex.run(async () => {
      if (this.#subscriber.closed) throw new Error('The subscription is closed.');
      const wanted = new Set(topics);
      const missing = [...wanted].filter((topic) => !this.#subscriber.topics.has(topic));
      if (missing.length > 0) await this.#topics.take(this.#subscriber, missing, after);
      this.#drop((topic) => !wanted.has(topic));
    });
  }

  close(): Promise<void> {
    this.#subscriber.closed = true;
    return this.#mutex.run(async () => this.#drop(() => true));
  }

  #drop(unwanted: (topic: string) => boolean): void {
    this.#topics.drop(this.#subscriber, [...this.#subscriber.topics.keys()].filter(unwanted));
  }
}
