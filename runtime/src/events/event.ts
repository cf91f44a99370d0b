/** What may travel in an event: plain JSON, so that every log and broker carries it unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** An event as its author describes it, before it is stored. The catalogue in `schema/events.ts` makes these. */
export interface EventDraft {
  /** What happened, in the past tense: `message.created`. */
  readonly type: string;
  /** Everyone listening to any of these topics gets the event, once. Together they are its audience. */
  readonly topics: readonly [string, ...string[]];
  /** Events of one aggregate reach the log in the order they were written. */
  readonly aggregate: string;
  readonly payload: JsonObject;
}

/** An event with its identity. A consumer that has seen `id` drops the event. */
export interface NewEvent {
  /** UUIDv7, unique; the same when the relay sends the event again. */
  readonly id: string;
  readonly type: string;
  readonly topics: readonly string[];
  readonly payload: JsonObject;
  /** When it was written, ISO 8601 UTC. */
  readonly at: string;
}

/** A place in the log. Opaque to clients; `comparePositions` orders two of them. */
export type Position = string;

/** An event as the log hands it out. */
export interface LogEvent extends NewEvent {
  readonly position: Position;
}

/** An event as services outside speak of it. */
export interface OutsideEvent {
  /** What it is called there: `message.create`. */
  readonly event: string;
  readonly data: JsonObject;
}

/** How our events look to services outside, and theirs to us. */
export interface Outside {
  /** Undefined where services outside have no name for the event. */
  describe(event: NewEvent): OutsideEvent | undefined;
  /** What a service outside announced, as it goes into the log. Its `data` is whatever that service wrote. */
  adopt(event: OutsideEvent): Pick<NewEvent, 'type' | 'topics' | 'payload'>;
}

/** When the log took what is at this place, in milliseconds since 1970 by the log's own clock. */
export const timeOf = (position: Position): number => Number.parseInt(position, 10);

/** Negative when `a` is before `b`, zero when they are the same place. Positions read `<milliseconds>-<sequence>`. */
export function comparePositions(a: Position, b: Position): number {
  const [aTime = '0', aSequence = '0'] = a.split('-');
  const [bTime = '0', bSequence = '0'] = b.split('-');
  return Number(aTime) - Number(bTime) || Number(aSequence) - Number(bSequence);
}
