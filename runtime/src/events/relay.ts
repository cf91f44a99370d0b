import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '../logger.ts';
import type { NewEvent } from './event.ts';
import type { Destination } from './log.ts';
import { allLanes } from './outbox.ts';

/** What one claim of lanes brought. */
export interface OutboxBatch {
  /** The lanes that were asked for and that no other relay has. */
  readonly claimed: readonly number[];
  /** Their oldest events, in order. */
  readonly events: readonly NewEvent[];
  /** Whether the claimed lanes hold further events. */
  readonly more: boolean;
}

/** The outbox tables of one subgraph. */
export interface OutboxStore {
  /**
   * Claims what is free of `lanes`, passes their oldest events to `deliver`, and removes these once it has resolved.
   * No writer waits for that; rejects, and removes nothing, where `deliver` rejects.
   */
  relay(lanes: readonly number[], deliver: (batch: OutboxBatch) => Promise<void>): Promise<OutboxBatch>;
  /** The lanes that hold events. */
  waiting(): Promise<number[]>;
  /** How many events wait. */
  depth(): Promise<number>;
  /** When the oldest of them was written, ISO 8601; undefined where none waits. */
  oldest(): Promise<string | undefined>;
}

export interface RelayOptions {
  readonly store: OutboxStore;
  readonly destination: Destination;
  /** Told of each event that arrived, how long after it was written, in seconds. */
  readonly relayed?: ((seconds: number) => void) | undefined;
  readonly logger: Logger;
}

/** How long a write waits at most for its events to have arrived, in milliseconds. */
const patience = 250;
/** How often to look for what other processes left behind. */
const pollEvery = 1_000;
/** When to ask again for a lane that another relay has. */
const claimAgainAfter = 5;
const firstBackoff = 25;
const longestBackoff = 2_000;
/** How long a closing relay keeps at it. */
const closeWithin = 2_000;

/** What is said where one of the two that a relay stands between is away, and when it is back. */
const outages = {
  destination: ['events cannot be appended; they wait in the outbox', 'events can be appended again'],
  store: ['the outbox cannot be reached; its events wait there', 'the outbox can be reached again'],
} as const;

type Side = keyof typeof outages;

interface Outage {
  readonly since: number;
  attempts: number;
}

interface Waiter {
  readonly lanes: Set<number>;
  readonly settle: (error?: Error) => void;
}

/**
 * Moves committed events from the outbox to their destination, at least once and in order within a lane.
 * Any number of relays may work on one outbox.
 */
export class Relay {
  /** Events that arrived since the start. */
  relayed = 0;
  /** Attempts that failed since the start. */
  failures = 0;

  readonly #options: RelayOptions;
  readonly #dirty = new Set<number>();
  /** Writes, which are let go when the destination is away. */
  readonly #writes = new Set<Waiter>();
  /** Those who want the outbox empty, however long it takes. */
  readonly #drains = new Set<Waiter>();
  /** The loop serves everybody, so it must not run in the async context of whoever woke it. */
  readonly #outside = AsyncLocalStorage.snapshot();
  readonly #poll: NodeJS.Timeout;
  #running: Promise<void> | undefined;
  #again: NodeJS.Timeout | undefined;
  #backoff = 0;
  readonly #outages = new Map<Side, Outage>();
  /** What the destination said last when it took nothing. */
  #refused: unknown;
  #closed = false;
  /** Ends the wait of a close. */
  #giveUp: (() => void) | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#poll = setInterval(() => void this.#look(), pollEvery).unref();
    void this.#look();
  }

  /** Whether the last attempt failed; the next comes by itself. */
  get failing(): boolean {
    return this.#backoff > 0;
  }

  /** Takes note of a commit. Resolves when its events have arrived, or need not be waited for any longer. */
  committed(lanes: Iterable<number>): Promise<void> {
    const mine = new Set(lanes);
    for (const lane of mine) this.#dirty.add(lane);
    if (this.failing || this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#writes.delete(waiter);
        resolve();
      };
      const waiter = { lanes: mine, settle };
      const timer = setTimeout(settle, patience);
      this.#writes.add(waiter);
      this.#wake();
    });
  }

  /** Resolves when everything that was committed before the call has arrived and is out of the outbox. */
  drained(): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('The database is closed.'));
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        lanes: new Set(allLanes),
        settle: (error) => {
          this.#drains.delete(waiter);
          if (error) reject(error);
          else resolve();
        },
      };
      this.#drains.add(waiter);
      for (const lane of allLanes) this.#dirty.add(lane);
      if (!this.failing) this.#wake();
    });
  }

  /** Relays what it can in a last effort, unless the destination is away; the rest stays for the next start. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, closeWithin);
    this.#giveUp = late.resolve;
    if (!this.failing) await Promise.race([this.drained(), late.promise]);
    this.#closed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#again);
    for (const waiter of this.#drains) waiter.settle(new Error('The database is closed.'));
    for (const waiter of this.#writes) waiter.settle();
    await Promise.race([this.#running, late.promise]);
    clearTimeout(timer);
  }

  async #look(): Promise<void> {
    if (this.failing) return;
    try {
      for (const lane of await this.#options.store.waiting()) this.#dirty.add(lane);
      this.#wake();
    } catch (error) {
      if (!this.#closed) this.#fail(error, 'store');
    }
  }

  #wake(): void {
    if (this.#running || this.#closed || this.#dirty.size === 0) return;
    clearTimeout(this.#again);
    this.#running = this.#outside(() => this.#run());
  }

  #wakeAfter(milliseconds: number): void {
    clearTimeout(this.#again);
    if (!this.#closed) this.#again = setTimeout(() => this.#wake(), milliseconds);
  }

  /** Passes over the dirty lanes until none is left, the destination fails, or other relays have all of them. */
  async #run(): Promise<void> {
    while (this.#dirty.size > 0 && !this.#closed) {
      const lanes = [...this.#dirty];
      this.#dirty.clear();
      try {
        if (await this.#pass(lanes)) continue;
        this.#wakeAfter(claimAgainAfter);
      } catch (error) {
        this.#fail(error, this.#refused === error ? 'destination' : 'store');
      }
      break;
    }
    // In the same turn as the last look at what is dirty, so that no wake falls between.
    this.#running = undefined;
  }

  /** False where every lane asked for is in other hands. */
  async #pass(lanes: readonly number[]): Promise<boolean> {
    const { store } = this.#options;
    // Only who waited before the claim is served by it: whatever they committed is visible to it.
    const writes = [...this.#writes];
    const drains = [...this.#drains];
    const { claimed, more } = await store.relay(lanes, async (batch) => {
      if (batch.events.length > 0) await this.#append(batch.events);
      this.relayed += batch.events.length;
      if (!batch.more) settleClaimed(writes, batch.claimed);
    });
    this.#backoff = 0;
    this.#endOutage('store');
    if (!more) settleClaimed(drains, claimed);
    for (const lane of lanes) if (more || !claimed.includes(lane)) this.#dirty.add(lane);
    return claimed.length > 0;
  }

  async #append(events: readonly NewEvent[]): Promise<void> {
    try {
      await this.#options.destination.append(events);
      this.#endOutage('destination');
      for (const { at } of events) this.#options.relayed?.(secondsSince(at));
    } catch (error) {
      this.#refused = error;
      this.#endOutage('store');
      throw error;
    }
  }

  #fail(error: unknown, side: Side): void {
    this.failures += 1;
    const outage = this.#outages.get(side) ?? { since: Date.now(), attempts: 0 };
    if (outage.attempts === 0) this.#options.logger.warn({ err: error }, outages[side][0]);
    outage.attempts += 1;
    this.#outages.set(side, outage);
    this.#backoff = Math.min(longestBackoff, this.#backoff * 2 || firstBackoff);
    for (const lane of allLanes) this.#dirty.add(lane);
    for (const waiter of this.#writes) waiter.settle();
    this.#giveUp?.();
    this.#wakeAfter(this.#backoff * (0.5 + Math.random() / 2));
  }

  #endOutage(side: Side): void {
    const outage = this.#outages.get(side);
    if (!outage) return;
    this.#outages.delete(side);
    const { since, attempts } = outage;
    this.#options.logger.info({ seconds: (Date.now() - since) / 1_000, attempts }, outages[side][1]);
  }
}

/** How long ago, in seconds; never less than none, for clocks differ. */
export const secondsSince = (at: string | undefined): number =>
  at === undefined ? 0 : Math.max(0, (Date.now() - Date.parse(at)) / 1_000);

function settleClaimed(waiters: readonly Waiter[], claimed: readonly number[]): void {
  for (const waiter of waiters) {
    for (const lane of claimed) waiter.lanes.delete(lane);
    if (waiter.lanes.size === 0) waiter.settle();
  }
}
