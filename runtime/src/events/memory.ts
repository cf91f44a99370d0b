import type { Logger } from '../logger.ts';
import { comparePositions, type LogEvent, type NewEvent, type Position } from './event.ts';
import { Listeners, type Subscriber } from './listeners.ts';
import type { EventLog, LogSubscription, Retention, SubscribeOptions } from './log.ts';
import { Replay, requireReach } from './replay.ts';

export interface MemoryLogOptions {
  readonly logger: Logger;
  readonly retention?: Partial<Retention>;
}

const defaultRetention: Retention = { events: 20_000, milliseconds: 15 * 60_000 };

/** The log of a system that runs in one process. */
export function openMemoryLog({ logger, retention }: MemoryLogOptions): EventLog {
  return new MemoryLog(new Listeners(logger), { ...defaultRetention, ...retention });
}

class MemoryLog implements EventLog {
  readonly #listeners: Listeners;
  readonly #retention: Retention;
  readonly #history: LogEvent[] = [];
  readonly #ids = new Set<string>();
  /** The place before the oldest event that is kept. */
  #floor: Position = `${Date.now()}-0`;
  #newest = this.#floor;
  /** The listeners have been served up to here. */
  #dispatched = this.#floor;
  #dispatching = false;
  #closed = false;

  constructor(listeners: Listeners, retention: Retention) {
    this.#listeners = listeners;
    this.#retention = retention;
  }

  async append(events: readonly NewEvent[]): Promise<void> {
    if (this.#closed) throw new Error('The event log is closed.');
    for (const { id, type, topics, payload, at } of events) {
      if (this.#ids.has(id)) continue;
      this.#ids.add(id);
      this.#newest = placeAfter(this.#newest);
      this.#history.push({ id, type, topics, payload, at, position: this.#newest });
    }
    this.#trim();
    this.#dispatch();
  }

  async subscribe(
    topics: readonly string[],
    listener: (event: LogEvent) => void,
    { after, onGap }: SubscribeOptions = {},
  ): Promise<LogSubscription> {
    if (this.#closed) throw new Error('The event log is closed.');
    const subscriber: Subscriber = { listener, onGap, topics: new Map(), held: undefined };
    this.#take(subscriber, [...new Set(topics)], after);
    return {
      setTopics: async (wanted, from) => {
        const missing = [...new Set(wanted)].filter((topic) => !subscriber.topics.has(topic));
        if (missing.length > 0) this.#take(subscriber, missing, from);
        this.#drop(subscriber, new Set(wanted));
      },
      close: async () => this.#drop(subscriber, new Set()),
    };
  }

  async position(): Promise<Position> {
    return this.#newest;
  }

  async ping(): Promise<void> {
    if (this.#closed) throw new Error('The event log is closed.');
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #take(subscriber: Subscriber, topics: readonly string[], after: Position | undefined): void {
    if (after === undefined) {
      for (const topic of topics) this.#listeners.add(subscriber, topic, this.#newest);
      return;
    }
    requireReach(after, this.#floor, this.#newest);
    const dispatched = this.#dispatched;
    const replay = new Replay(this.#listeners, subscriber, topics, after, dispatched);
    for (const event of this.#between(replay.from, dispatched)) replay.offer(event);
    replay.finish(comparePositions(after, dispatched) > 0 ? after : dispatched);
  }

  #drop(subscriber: Subscriber, wanted: ReadonlySet<string>): void {
    for (const topic of [...subscriber.topics.keys()])
      if (!wanted.has(topic)) this.#listeners.remove(subscriber, topic);
  }

  /** One event at a time, also where a listener appends. */
  #dispatch(): void {
    if (this.#dispatching) return;
    this.#dispatching = true;
    try {
      for (let next = this.#next(); next && !this.#closed; next = this.#next()) {
        this.#dispatched = next.position;
        this.#listeners.dispatch(next);
      }
    } finally {
      this.#dispatching = false;
    }
  }

  #next(): LogEvent | undefined {
    return this.#history[this.#indexAfter(this.#dispatched)];
  }

  #between(after: Position, end: Position): LogEvent[] {
    return this.#history.slice(this.#indexAfter(after), this.#indexAfter(end));
  }

  /** Where the first event past `place` is in the history. */
  #indexAfter(place: Position): number {
    let low = 0;
    let high = this.#history.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.#history[middle];
      if (event && comparePositions(event.position, place) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Drops what is past retention and dispatched; in blocks, so that an append costs the same whatever the length. */
  #trim(): void {
    const { events, milliseconds } = this.#retention;
    const tooOld = this.#indexAfter(`${Date.now() - milliseconds}-0`);
    const surplus = Math.min(Math.max(tooOld, this.#history.length - events), this.#indexAfter(this.#dispatched));
    if (surplus < Math.min(events / 8, 1_000)) return;
    const dropped = this.#history.splice(0, surplus);
    for (const { id } of dropped) this.#ids.delete(id);
    this.#floor = dropped.at(-1)?.position ?? this.#floor;
  }
}

/** The clock, unless it stands or goes back. */
function placeAfter(place: Position): Position {
  const [time = '0', sequence = '0'] = place.split('-');
  const now = Date.now();
  return now > Number(time) ? `${now}-0` : `${time}-${Number(sequence) + 1}`;
}
