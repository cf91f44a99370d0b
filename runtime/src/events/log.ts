import type { LogEvent, NewEvent, Position } from './event.ts';

/** Where events go: the log, or what brings them there. */
export interface Destination {
  /**
   * Takes events in the given order, all of them or, for all the caller knows, none: whoever is refused sends them all again.
   * An id that was taken before is not taken again.
   * @throws UNAVAILABLE where they cannot be taken now
   */
  append(events: readonly NewEvent[]): Promise<void>;
}

/**
 * The ordered, bounded history of everything that happened, and the live feed of it.
 * Two implementations: `memory.ts` for one process, `redis.ts` for any number of them.
 */
export interface EventLog extends Destination {
  /**
   * Adds events in the given order and delivers them to whoever listens, in any process.
   * An id that was appended before, within the retention, is not added again.
   */
  append(events: readonly NewEvent[]): Promise<void>;
  /**
   * Calls `listener` once for each event under any of the topics, in log order.
   * With `after`, everything past that place comes first, without gap or repetition, and may come before this resolves.
   * A listener must not throw; what it throws is logged.
   * @throws ResumeGap when the log no longer reaches back to `after`.
   */
  subscribe(
    topics: readonly string[],
    listener: (event: LogEvent) => void,
    options?: SubscribeOptions,
  ): Promise<LogSubscription>;
  /** The place of the newest event; everything appended from now on comes after it. */
  position(): Promise<Position>;
  /** Rejects when the log cannot be reached, or takes no events. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface SubscribeOptions {
  /** Start past this place instead of now. */
  readonly after?: Position | undefined;
  /**
   * The log lost events that this subscription may not have had, because Redis came back empty or was away for longer than
   * the retention. The subscription goes on with what comes next.
   */
  readonly onGap?: (() => void) | undefined;
}

/** How much a log keeps: what is beyond either bound may go. */
export interface Retention {
  readonly events: number;
  readonly milliseconds: number;
}

export interface LogSubscription {
  /**
   * Replaces the topics. Topics that are new start after `after` where it is given, else now.
   * The other listeners of a topic that is dropped here keep it.
   */
  setTopics(topics: readonly string[], after?: Position): Promise<void>;
  close(): Promise<void>;
}

/** The log's retention no longer reaches back to the place asked for. */
export class ResumeGap extends Error {
  override readonly name = 'ResumeGap';
  constructor() {
    super('The event log no longer reaches back that far.');
  }
}
