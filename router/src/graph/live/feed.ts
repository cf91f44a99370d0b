import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { EventLog, LogSubscription } from '@kopru/runtime/events/log.ts';
import type { Subscriber } from './subscriber.ts';

/** How many recent events are remembered, so that one that comes under several topics is handed out once. */
const remembered = 4096;

interface Topic {
  readonly subscribers: Set<Subscriber>;
  readonly subscription: Promise<LogSubscription>;
}

export interface Handlers {
  /** Called once an event, in log order, with everybody under any of its topics. */
  event(event: LogEvent, subscribers: ReadonlySet<Subscriber>): void;
  /** The log lost events that these may not have had. */
  gap(subscribers: ReadonlySet<Subscriber>): void;
}

/** The log's events of all topics that somebody in this process listens to, each once, to all whom it concerns. */
export class Feed {
  readonly #log: EventLog;
  readonly #topics = new Map<string, Topic>();
  readonly #seen = new Set<string>();
  readonly #handle: Handlers;

  constructor(log: EventLog, handle: Handlers) {
    this.#log = log;
    this.#handle = handle;
  }

  /** Adds a subscriber to topics; resolves once the log delivers all of them. */
  async attach(subscriber: Subscriber, topics: Iterable<string>): Promise<void> {
    await Promise.all([...topics].map((topic) => this.#attach(subscriber, topic)));
  }

  /** Takes a subscriber away from topics; a topic that nobody else listens to is let go. */
  detach(subscriber: Subscriber, topics: Iterable<string>): void {
    for (const name of topics) {
      const topic = this.#topics.get(name);
      if (!topic?.subscribers.delete(subscriber) || topic.subscribers.size > 0) continue;
      this.#topics.delete(name);
      topic.subscription.then((subscription) => subscription.close()).catch(() => undefined);
    }
  }

  /** The events of `topics` past `after`, up to now. @throws ResumeGap */
  async since(topics: readonly string[], after: string): Promise<LogEvent[]> {
    const events: LogEvent[] = [];
    if (topics.length === 0) return events;
    const subscription = await this.#log.subscribe(topics, (event) => events.push(event), { after });
    await subscription.close();
    return events;
  }

  async #attach(subscriber: Subscriber, name: string): Promise<void> {
    let topic = this.#topics.get(name);
    if (!topic) {
      topic = this.#listen(name);
      this.#topics.set(name, topic);
    }
    topic.subscribers.add(subscriber);
    await topic.subscription;
  }

  #listen(name: string): Topic {
    const subscribers = new Set<Subscriber>();
    const onGap = (): void => this.#handle.gap(new Set(subscribers));
    return { subscribers, subscription: this.#log.subscribe([name], (event) => this.#hear(event), { onGap }) };
  }

  #hear(event: LogEvent): void {
    if (this.#seen.has(event.id)) return;
    this.#seen.add(event.id);
    if (this.#seen.size > remembered) {
      const [oldest] = this.#seen;
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    this.#handle.event(event, this.#under(event.topics));
  }

  #under(topics: readonly string[]): ReadonlySet<Subscriber> {
    const sets = topics.flatMap((topic) => this.#topics.get(topic)?.subscribers ?? []);
    const [only] = sets;
    if (sets.length <= 1) return only ?? new Set();
    return new Set(sets.flatMap((set) => [...set]));
  }
}
