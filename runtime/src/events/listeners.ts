import type { Logger } from '../logger.ts';
import { comparePositions, type LogEvent, type Position } from './event.ts';

/** One subscription of a log, as the log keeps it. */
export interface Subscriber {
  readonly listener: (event: LogEvent) => void;
  readonly onGap: (() => void) | undefined;
  /** Each topic, and the place it starts after. */
  readonly topics: Map<string, Position>;
  /** Live events, put aside while the subscriber is given its past. */
  held: LogEvent[] | undefined;
  /** Nothing reaches it any more. */
  closed: boolean;
}

export const newSubscriber = (listener: Subscriber['listener'], onGap: Subscriber['onGap']): Subscriber => ({
  listener,
  onGap,
  topics: new Map(),
  held: undefined,
  closed: false,
});

/** Who listens to which topic within one process. */
export class Listeners {
  readonly #byTopic = new Map<string, Set<Subscriber>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Whether anybody listens to the topic. */
  has(topic: string): boolean {
    return this.#byTopic.has(topic);
  }

  add(subscriber: Subscriber, topic: string, after: Position): void {
    subscriber.topics.set(topic, after);
    const subscribers = this.#byTopic.get(topic);
    if (subscribers) subscribers.add(subscriber);
    else this.#byTopic.set(topic, new Set([subscriber]));
  }

  remove(subscriber: Subscriber, topic: string): void {
    subscriber.topics.delete(topic);
    const subscribers = this.#byTopic.get(topic);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) this.#byTopic.delete(topic);
  }

  /** Gives the event to everybody who listens to one of its topics, once each. */
  dispatch(event: LogEvent): void {
    const reached = new Set<Subscriber>();
    for (const topic of event.topics)
      for (const subscriber of this.#byTopic.get(topic) ?? [])
        if (starts(subscriber, topic, event)) reached.add(subscriber);
    for (const subscriber of reached) {
      if (subscriber.held) subscriber.held.push(event);
      // Somebody before may have closed it.
      else if (wants(subscriber, event)) this.deliver(subscriber, event);
    }
  }

  deliver(subscriber: Subscriber, event: LogEvent): void {
    if (!subscriber.closed) this.#call(() => subscriber.listener(event), event.type);
  }

  /** The log lost its past: tells everybody, and lets each go on with whatever comes. */
  restart(after: Position): void {
    const everybody = new Set([...this.#byTopic.values()].flatMap((subscribers) => [...subscribers]));
    for (const subscriber of everybody) {
      for (const topic of subscriber.topics.keys()) subscriber.topics.set(topic, after);
      this.#call(() => subscriber.onGap?.(), 'gap');
    }
  }

  #call(listener: () => void, what: string): void {
    try {
      listener();
    } catch (error) {
      this.#logger.error({ err: error, event: what }, 'a listener of the event log failed');
    }
  }
}

/** Whether the event is past the place where one of the subscriber's topics starts. */
export function wants(subscriber: Subscriber, event: LogEvent): boolean {
  return event.topics.some((topic) => starts(subscriber, topic, event));
}

function starts(subscriber: Subscriber, topic: string, event: LogEvent): boolean {
  const after = subscriber.topics.get(topic);
  return after !== undefined && comparePositions(event.position, after) > 0;
}
