import { unavailable } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { comparePositions, type LogEvent, type NewEvent, type Position } from './event.ts';
import { Listeners, newSubscriber, type Subscriber } from './listeners.ts';
import { type EventLog, type LogSubscription, ResumeGap, type Retention, type SubscribeOptions } from './log.ts';
import { Replay, reaches } from './replay.ts';
import { TopicSubscription } from './subscription.ts';

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
    this.#requireOpen();
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
    this.#requireOpen();
    const subscriber = newSubscriber(listener, onGap);
    this.#take(subscriber, [...new Set(topics)], after);
    return new TopicSubscription(subscriber, {
      take: async (_, missing, from) => this.#take(subscriber, missing, from),
      drop: (_, dropped) => {
        for (const topic of dropped) this.#listeners.remove(subscriber, topic);
      },
    });
  }

  async position(): Promise<Position> {
    return this.#newest;
  }

  async ping(): Promise<void> {
    this.#requireOpen();
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #requireOpen(): void {
    if (this.#closed) throw unavailable('The event log is closed.');
  }

  #take(subscriber: Subscriber, topics: readonly string[], after: Position | undefined): void {
    if (after === undefined) {
      for (const topic of topics) this.#listeners.add(subscriber, topic, this.#newest);
      return;
    }
    if (!reaches(after, this.#floor, this.#newest)) throw new ResumeGap();
    const dispatched = this.#dispatched;
    const replay = new Replay(this.#listeners, subscriber, topics, after, dispatched);
    for (const event of this.#between(replay.from, dispatched)) replay.offer(event);
    replay.finish(comparePositions(after, dispatched) > 0 ? after : dispatched);
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
