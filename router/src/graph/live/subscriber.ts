import { comparePositions, type LogEvent, type Position } from '@kopru/runtime/events/event.ts';
import type { Caller, Grant } from '@kopru/runtime/subgraph/client.ts';
import type { GraphQLFormattedError } from 'graphql';
import type { Delivery, LiveSink } from '../graph.ts';
import type { Group, Slot } from './group.ts';

/** One live subscription: what it was granted, and its responses in order. */
export class Subscriber {
  readonly group: Group;
  readonly caller: Caller;
  readonly #sink: LiveSink;
  readonly #slots: Slot[] = [];
  /** Events that came while access is being checked again; null when it is not. */
  #held: LogEvent[] | null = null;
  readonly #onBroken: (error: unknown) => void;
  #topics: ReadonlySet<string> = new Set();
  #types: ReadonlySet<string> = new Set();
  #rechecks: ReadonlySet<string> = new Set();
  #checkedUpTo: Position = '0-0';
  /** Takes no more events. */
  #closed = false;
  /** Hands over nothing more. */
  #silent = false;
  #ending: readonly GraphQLFormattedError[] | null = null;

  /** `onBroken` is called when the sink throws; the subscription is over then. */
  constructor(group: Group, caller: Caller, sink: LiveSink, onBroken: (error: unknown) => void) {
    this.group = group;
    this.caller = caller;
    this.#sink = sink;
    this.#onBroken = onBroken;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Every topic it must hear of: what it receives, and what may end that. */
  get topics(): ReadonlySet<string> {
    return new Set([...this.#topics, ...this.#rechecks]);
  }

  /** From here on it may see this. */
  grant({ topics, types, recheckOn }: Grant): void {
    this.#topics = new Set(topics);
    this.#types = new Set(types);
    this.#rechecks = new Set(recheckOn);
  }

  /** Whether the event is one that this subscription was granted to see. */
  wants(event: LogEvent): boolean {
    return this.#types.has(event.type) && event.topics.some((topic) => this.#topics.has(topic));
  }

  /** Those of an event's topics that this subscription was granted. */
  grantedOf({ topics }: LogEvent): readonly string[] {
    return topics.filter((topic) => this.#topics.has(topic));
  }

  /** Whether the event may have changed what this subscription may see, since that was last asked for. */
  mustRecheck(event: LogEvent): boolean {
    return (
      event.topics.some((topic) => this.#rechecks.has(topic)) && comparePositions(event.position, this.#checkedUpTo) > 0
    );
  }

  /** Events up to here cannot have changed what is about to be asked for. */
  recheckedUpTo(position: Position): void {
    this.#checkedUpTo = position;
  }

  /** Keeps an event back while access is being checked again; false where it is not. */
  hold(event: LogEvent): boolean {
    return this.#held !== null && this.#held.push(event) > 0;
  }

  /** From here on events are kept back. */
  startHolding(): void {
    this.#held = [];
  }

  /** Gives the events that were kept back and goes on live. */
  stopHolding(): readonly LogEvent[] {
    const held = this.#held ?? [];
    this.#held = null;
    return held;
  }

  get holding(): boolean {
    return this.#held !== null;
  }

  /** Takes the next place in this subscriber's order. */
  reserve(): Slot {
    const slot: Slot = { delivery: undefined };
    this.#slots.push(slot);
    return slot;
  }

  /** Fills a place and hands over everything that is complete up to the first that is not. */
  fill(slot: Slot, delivery: Delivery): void {
    slot.delivery = delivery;
    for (let first = this.#slots[0]?.delivery; first && !this.#silent; first = this.#slots[0]?.delivery) {
      this.#slots.shift();
      this.#call(() => this.#sink.next(first as Delivery));
    }
    this.#endWhenDone();
  }

  /** Takes no more events, and ends with these errors after those that it was still entitled to. */
  fail(errors: readonly GraphQLFormattedError[]): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ending = errors;
    this.#endWhenDone();
  }

  /** Ends at once, without a word. */
  close(): void {
    this.#closed = true;
    if (!this.#ending) this.#silence();
  }

  #silence(): void {
    this.#silent = true;
    this.#slots.length = 0;
  }

  #endWhenDone(): void {
    const errors = this.#ending;
    if (!errors || this.#silent || this.#slots.length > 0) return;
    this.#silence();
    this.#call(() => this.#sink.error(errors));
  }

  #call(deliver: () => void): void {
    try {
      deliver();
    } catch (error) {
      this.#closed = true;
      this.#silence();
      this.#onBroken(error);
    }
  }
}
