import { setTimeout } from 'node:timers/promises';
import { type ErrorCode, publicError, unavailable } from '@kopru/runtime/errors.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { type ExecutionResult, type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Delivery } from '../graph.ts';
import type { LivePlan } from '../plan/live-plan.ts';
import { Limit, type Pace } from './pace.ts';

/** How many executions of one group may run at a time; later events wait, and are delivered in order all the same. */
const concurrency = 32;

/** For how many events a shared execution is kept, for those who get it a little later because their access was being checked. */
const kept = 64;

/** Nobody: what a shared execution runs as. */
const nobody = { address: '', userAgent: '' } as const;

/** A place in a receiver's order, taken when the event came and filled when its response is there. */
export interface Slot {
  delivery: Delivery | undefined;
}

/** One of those whom a group answers. */
interface Receiver {
  readonly caller: Caller;
  /** Those of an event's topics that let it hear of the event. */
  grantedOf(event: LogEvent): readonly string[];
  /** Takes the next place in its order. */
  reserve(): Slot;
  /** Fills a place; what is complete up to the first that is not is handed over. */
  fill(slot: Slot, delivery: Delivery): void;
}

interface Place {
  readonly receiver: Receiver;
  readonly slot: Slot;
}

/** Which of an event's topics say who may read it; the rest only carry it to caches. */
export type AudienceOf = (topics: readonly string[]) => readonly string[];

export interface GroupOptions {
  readonly audienceOf: AudienceOf;
  /** An execution that lacks a subgraph is tried again after each of these, in milliseconds. */
  readonly patience: readonly number[];
  readonly pace: Pace;
  /** Called when the response for an event has been made. */
  readonly answered: (event: LogEvent) => void;
}

/**
 * All subscribers with the same operation and variables. An event is executed once for all of them, without a viewer;
 * from the first resolver that asks for one, it is executed once for each viewer instead.
 */
export class Group {
  /** The same for all that may share an execution. */
  readonly key: string;
  readonly plan: LivePlan;
  readonly #options: GroupOptions;
  readonly #limit = new Limit(concurrency);
  /** The latest shared executions; null stands for one that asked for the viewer. */
  readonly #recent = new Map<string, Promise<Delivery | null>>();
  #perViewer = false;
  #members = 0;
  /** Whether the subgraphs were there of late. While one stays away, events do not each wait for it. */
  #patient = true;

  constructor(key: string, plan: LivePlan, options: GroupOptions) {
    this.key = key;
    this.plan = plan;
    this.#options = options;
  }

  /** Whether a resolver of this operation has asked for the viewer, so that nothing is shared between users any more. */
  get perViewer(): boolean {
    return this.#perViewer;
  }

  get empty(): boolean {
    return this.#members === 0;
  }

  join(): void {
    this.#members++;
  }

  leave(): void {
    this.#members--;
  }

  /** Answers one event for these. Each gets its answers in the order of the calls. */
  respond(event: LogEvent, receivers: readonly Receiver[]): void {
    const places = receivers.map((receiver) => ({ receiver, slot: receiver.reserve() }));
    if (this.#perViewer) {
      this.#respondToEach(event, places);
      return;
    }
    this.#shared(event, this.#audience(event, receivers)).then((made) => {
      if (made) for (const { receiver, slot } of places) receiver.fill(slot, made);
      else this.#respondToEach(event, places);
    });
  }

  /** One execution for each viewer; several sockets of one session share it. */
  #respondToEach(event: LogEvent, places: readonly Place[]): void {
    const executions = new Map<string, Promise<Delivery>>();
    for (const { receiver, slot } of places) {
      // A service is not nobody, who has no token either.
      const key = receiver.caller.token ?? (receiver.caller.asService ? 'service' : '');
      const execution = executions.get(key) ?? this.#execute(event, receiver.caller).then(([made]) => made);
      executions.set(key, execution);
      execution.then((made) => receiver.fill(slot, made));
    }
  }

  /**
   * Who will see what is made of an event for these: the audiences that let any of them hear of it. Others who hear of the same event
   * do so by another operation. Where somebody hears of it by no audience, as services do, it is everybody whom the event is for.
   */
  #audience(event: LogEvent, receivers: readonly Receiver[]): readonly string[] {
    const { audienceOf } = this.#options;
    const all = audienceOf(event.topics);
    if (all.length <= 1) return all;
    const granted = receivers.map((receiver) => audienceOf(receiver.grantedOf(event)));
    if (granted.some(({ length }) => length === 0)) return all;
    const heard = new Set(granted.flat());
    return event.topics.filter((topic) => heard.has(topic));
  }

  /** The one execution of an event that all share; null when a resolver asked who is reading. */
  #shared(event: LogEvent, audience: readonly string[]): Promise<Delivery | null> {
    const key = [event.id, ...audience].join(' ');
    const known = this.#recent.get(key);
    if (known) return known;
    const execution = this.#execute(event, { requestId: newId(), client: nobody, audience }).then(([made, result]) => {
      if (!asksForViewer(result)) return made;
      this.#perViewer = true;
      return null;
    });
    this.#recent.set(key, execution);
    if (this.#recent.size > kept) {
      const [oldest] = this.#recent.keys();
      if (oldest !== undefined) this.#recent.delete(oldest);
    }
    return execution;
  }

  /** Never rejects: an event whose hydration fails is delivered with the error. */
  #execute(event: LogEvent, caller: Caller): Promise<[Delivery, ExecutionResult]> {
    return this.#limit.run(async () => {
      await this.#options.pace.turn(caller.token ?? '');
      const result = await this.#respondPatiently(event, caller);
      this.#options.answered(event);
      return [delivery(event, result, caller.requestId), result];
    });
  }

  /** A subgraph that restarts costs nobody an event: what lacks it is tried again until it is back. */
  async #respondPatiently(event: LogEvent, caller: Caller): Promise<ExecutionResult> {
    let result = await this.#respondOrFail(event, caller);
    for (const wait of this.#options.patience) {
      if (!lacksSubgraph(result) || !this.#patient || this.empty) break;
      await setTimeout(wait, undefined, { ref: false });
      result = await this.#respondOrFail(event, caller);
    }
    this.#patient = !lacksSubgraph(result);
    return result;
  }

  async #respondOrFail(event: LogEvent, caller: Caller): Promise<ExecutionResult> {
    try {
      return await this.plan.respond(event, caller);
    } catch (error) {
      const failure = error instanceof GraphQLError ? error : unavailable('The event could not be completed.');
      return { data: null, errors: [failure] };
    }
  }
}

/** The delivery of one execution; its text is made when the first door asks for it, and kept for the others. */
function delivery(event: LogEvent, result: ExecutionResult, requestId: string): Delivery {
  const { errors, data, extensions } = result;
  const shown: FormattedExecutionResult = {
    ...(errors && { errors: errors.map((error) => publicError(error.toJSON(), requestId)) }),
    ...(data !== undefined && { data }),
    ...(extensions && { extensions }),
  };
  let text: string | undefined;
  return {
    result: shown,
    event: { id: event.id, type: event.type, position: event.position },
    get text() {
      text ??= JSON.stringify(shown);
      return text;
    },
  };
}

/** Whether a resolver asked who is reading, in an execution that is nobody's. */
const asksForViewer = (result: ExecutionResult): boolean => has(result, 'VIEWER_REQUIRED');

/** Whether something is missing because a subgraph could not be reached. */
const lacksSubgraph = (result: ExecutionResult): boolean => has(result, 'UNAVAILABLE');

const has = ({ errors }: ExecutionResult, code: ErrorCode): boolean =>
  errors?.some(({ extensions }) => extensions?.code === code) ?? false;
