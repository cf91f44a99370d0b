import { comparePositions, type LogEvent, type Position } from './event.ts';
import { type Listeners, type Subscriber, wants } from './listeners.ts';

/**
 * Gives a subscriber the past of the topics it takes on, while what is live is held back, and joins the two:
 * in log order, without gap or repetition.
 */
export class Replay {
  /** Where reading the past has to begin. */
  readonly from: Position;
  /** All that concern the subscriber. */
  readonly topics: readonly string[];
  readonly #listeners: Listeners;
  readonly #subscriber: Subscriber;
  readonly #fresh: readonly string[];
  readonly #after: Position;
  /** The topics the subscriber had, with the places they started after. */
  readonly #kept: ReadonlyMap<string, Position>;
  readonly #dispatched: Position;
  #reached: Position;

  /** Takes `topics` on, after the place `after`. The listeners of this process have been served up to `dispatched`. */
  constructor(
    listeners: Listeners,
    subscriber: Subscriber,
    topics: readonly string[],
    after: Position,
    dispatched: Position,
  ) {
    this.#listeners = listeners;
    this.#subscriber = subscriber;
    this.#fresh = topics;
    this.#after = after;
    this.#kept = new Map(subscriber.topics);
    this.#dispatched = dispatched;
    this.topics = [...this.#kept.keys(), ...topics];
    // What it has already is read again from where it was served, so that all its topics meet the present at one place.
    this.from = this.#kept.size > 0 && comparePositions(dispatched, after) < 0 ? dispatched : after;
    this.#reached = this.from;
    subscriber.held = [];
    for (const topic of topics) listeners.add(subscriber, topic, after);
  }

  /** Takes the next event of the past, in log order. */
  offer(event: LogEvent): void {
    this.#reached = event.position;
    const kept = event.topics.some((topic) => past(event, this.#kept.get(topic)));
    const fresh = past(event, this.#after) && event.topics.some((topic) => this.#fresh.includes(topic));
    const served = kept && !past(event, this.#dispatched);
    if ((kept || fresh) && !served) this.#listeners.deliver(this.#subscriber, event);
  }

  /** The past has been given up to `end`; from there on it is live. */
  finish(end: Position): void {
    this.#goLiveAfter(end);
  }

  /** The rest of the past cannot be had: the subscriber is left with the topics it had. */
  abandon(): void {
    for (const topic of this.#fresh) this.#listeners.remove(this.#subscriber, topic);
    this.#goLiveAfter(this.#reached);
  }

  #goLiveAfter(place: Position): void {
    const { topics, held = [] } = this.#subscriber;
    for (const [topic, after] of topics) if (comparePositions(after, place) < 0) topics.set(topic, place);
    this.#subscriber.held = undefined;
    for (const event of held) if (wants(this.#subscriber, event)) this.#listeners.deliver(this.#subscriber, event);
  }
}

const past = (event: LogEvent, place: Position | undefined): boolean =>
  place !== undefined && comparePositions(event.position, place) > 0;

/** Whether `after` reads as a place at all; it may come from a client. */
export const isPlace = (after: Position): boolean => /^\d{1,15}-\d{1,15}$/.test(after);

/** Whether `after` is a place of a log that reaches from `floor` to `newest`. */
export const reaches = (after: Position, floor: Position, newest: Position): boolean =>
  isPlace(after) && comparePositions(after, floor) >= 0 && comparePositions(after, newest) <= 0;
