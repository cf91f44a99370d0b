import { setTimeout } from 'node:timers/promises';
import { KopruError, publicError, resumeGap, unavailable } from '@kopru/runtime/errors.ts';
import { comparePositions, type LogEvent, type Position } from '@kopru/runtime/events/event.ts';
import { type EventLog, ResumeGap } from '@kopru/runtime/events/log.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Grant, Handshake } from '@kopru/runtime/subgraph/client.ts';
import type { GraphQLFormattedError } from 'graphql';
import type { Registry } from 'prom-client';
import type { GraphRequest, LiveSink, Subscribed } from '../graph.ts';
import type { LivePlan } from '../plan/live-plan.ts';
import { Feed } from './feed.ts';
import { type AudienceOf, Group, type GroupOptions } from './group.ts';
import { type LiveMetrics, liveMetrics } from './metrics.ts';
import { Pace } from './pace.ts';
import { Subscriber } from './subscriber.ts';
import { Variety } from './variety.ts';

/** How often a subgraph that is away is asked again, and after how many milliseconds each time: for about 15 seconds. */
const usualPatience = [50, 100, 200, 400, ...Array.from({ length: 29 }, () => 500)];

const operationsPerUser = 1_000;
/** How many executions begin in one turn of the event loop. */
const executionsPerTurn = 8;

const tooManyOperations = (): KopruError =>
  new KopruError(
    'RATE_LIMITED',
    `A user, or a network of strangers, has at most ${operationsPerUser} different operations live at a time.`,
  );

export interface LiveEngineOptions {
  readonly log: EventLog;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly audienceOf: AudienceOf;
  readonly patience?: readonly number[] | undefined;
  /** The plan of a subscription, and a key that is the same for all that may share it. */
  readonly plan: (request: GraphRequest) => { readonly key: string; readonly plan: () => LivePlan };
}

/**
 * Live subscriptions over the event log. Subgraphs grant them and shape their responses; nothing is held open
 * between here and there, so a subgraph may come and go and no event is lost.
 */
export class LiveEngine {
  readonly #options: LiveEngineOptions;
  readonly #patience: readonly number[];
  readonly #feed: Feed;
  readonly #forGroups: GroupOptions;
  readonly #metrics: LiveMetrics;
  readonly #groups = new Map<string, Group>();
  /** With what takes each off the count of its user. */
  readonly #subscribers = new Map<Subscriber, () => void>();
  readonly #variety = new Variety(operationsPerUser);

  constructor(options: LiveEngineOptions) {
    this.#options = options;
    this.#patience = options.patience ?? usualPatience;
    this.#metrics = liveMetrics(options.metrics, () => this.size);
    this.#forGroups = {
      audienceOf: options.audienceOf,
      patience: this.#patience,
      pace: new Pace(executionsPerTurn),
      answered: this.#metrics.answered,
    };
    this.#feed = new Feed(options.log, {
      event: (event, subscribers) => this.#hear(event, subscribers),
      gap: (subscribers) => {
        for (const subscriber of subscribers) this.#fail(subscriber, [resumeGap().toJSON()]);
      },
    });
  }

  /** How many subscriptions are live, and how many executions an event of all of them would take. */
  get size(): { readonly subscriptions: number; readonly groups: number } {
    return { subscriptions: this.#subscribers.size, groups: this.#groups.size };
  }

  /** Opens a subscription. Whatever goes wrong on the way is in the errors. */
  async subscribe(request: GraphRequest, sink: LiveSink): Promise<Subscribed> {
    const subscribed = await this.#subscribe(request, sink);
    this.#metrics.asked(subscribed);
    return subscribed;
  }

  async #subscribe(request: GraphRequest, sink: LiveSink): Promise<Subscribed> {
    const { key, plan } = this.#options.plan(request);
    const group = this.#groups.get(key) ?? new Group(key, plan(), this.#forGroups);
    const leave = this.#variety.enter(request.caller, key);
    if (!leave) return { errors: [tooManyOperations().toJSON()] };
    this.#groups.set(key, group);
    const subscriber: Subscriber = new Subscriber(group, request.caller, sink, (error) =>
      this.#broken(subscriber, error),
    );
    group.join();
    this.#subscribers.set(subscriber, leave);
    try {
      const errors = await this.#open(subscriber);
      if (!errors) return { handle: { close: () => this.#close(subscriber) } };
      this.#close(subscriber);
      return { errors };
    } catch (error) {
      this.#close(subscriber);
      this.#options.logger.error(
        { err: error, requestId: request.caller.requestId },
        'a subscription could not be opened',
      );
      return { errors: [unavailable('The subscription could not be opened. Try again.').toJSON()] };
    }
  }

  /** Asks for the grant and listens. What changed access between the two is found in the log, and asked about again. */
  async #open(subscriber: Subscriber): Promise<readonly GraphQLFormattedError[] | null> {
    const before = await this.#options.log.position();
    const handshake = await this.#handshake(subscriber);
    if ('errors' in handshake) return handshake.errors;
    subscriber.startHolding();
    subscriber.grant(handshake.grant);
    await this.#feed.attach(subscriber, subscriber.topics);
    const begun = await this.#begun(handshake.grant);
    const changes = await this.#feed.since(handshake.grant.recheckOn, before);
    if (changes.length === 0) this.#release(subscriber, begun);
    else return this.#recheck(subscriber, before, begun);
    return null;
  }

  /** What a grant has come first. */
  async #begun({ topics, after }: Grant): Promise<readonly LogEvent[]> {
    if (after === undefined) return [];
    return this.#feed.since(topics, after).catch((error: unknown) => {
      if (error instanceof ResumeGap) return [];
      throw error;
    });
  }

  /** Ends every subscription, with an error that says why. */
  close(): void {
    for (const subscriber of this.#subscribers.keys())
      this.#fail(subscriber, [unavailable('The service is going down.').toJSON()]);
    this.#metrics.close();
  }

  #hear(event: LogEvent, subscribers: Iterable<Subscriber>): void {
    const byGroup = new Map<Group, Subscriber[]>();
    for (const subscriber of subscribers) {
      if (subscriber.closed || subscriber.hold(event)) continue;
      if (subscriber.wants(event)) {
        const members = byGroup.get(subscriber.group);
        if (members) members.push(subscriber);
        else byGroup.set(subscriber.group, [subscriber]);
      }
      if (subscriber.mustRecheck(event)) {
        subscriber.startHolding();
        void this.#recheckAfter(subscriber, event.position);
      }
    }
    for (const [group, members] of byGroup) group.respond(event, members);
  }

  async #recheckAfter(subscriber: Subscriber, position: Position): Promise<void> {
    try {
      subscriber.recheckedUpTo(position);
      const errors = await this.#recheck(subscriber, position);
      if (errors) this.#fail(subscriber, errors);
    } catch (error) {
      this.#options.logger.error({ err: error }, 'access could not be checked again');
      this.#fail(subscriber, [unavailable('Access could not be checked again.').toJSON()]);
    }
  }

  /**
   * Asks again for what a subscription may see, while its events from `position` on are held back.
   * What newly granted topics carried since then is read from the log, so nothing is missed.
   * With that comes what it would have been given already, `begun`. Gives the errors by which it is refused.
   */
  async #recheck(
    subscriber: Subscriber,
    position: Position,
    begun: readonly LogEvent[] = [],
  ): Promise<readonly GraphQLFormattedError[] | null> {
    const handshake = await this.#handshake(subscriber);
    if (subscriber.closed) return null;
    if ('errors' in handshake) return handshake.errors;
    const had = subscriber.topics;
    subscriber.grant(handshake.grant);
    const has = subscriber.topics;
    const added = [...has].filter((topic) => !had.has(topic));
    this.#feed.detach(
      subscriber,
      [...had].filter((topic) => !has.has(topic)),
    );
    await this.#feed.attach(subscriber, added);
    const missed = await this.#feed.since(added, position);
    if (subscriber.closed) this.#feed.detach(subscriber, added);
    else this.#release(subscriber, [...begun, ...missed]);
    return null;
  }

  /** Lets a subscription go on with what it missed and what was held back, in log order, each once. */
  #release(subscriber: Subscriber, missed: readonly LogEvent[]): void {
    const events = new Map([...missed, ...subscriber.stopHolding()].map((event) => [event.id, event]));
    const inOrder = [...events.values()].sort((a, b) => comparePositions(a.position, b.position));
    for (const event of inOrder) this.#hear(event, [subscriber]);
  }

  async #handshake({ group: { plan }, caller }: Subscriber): Promise<Handshake> {
    for (const wait of this.#patience) {
      try {
        return await plan.subgraph.handshake(plan.primaryRequest(caller));
      } catch (error) {
        this.#options.logger.warn(
          { err: error, subgraph: plan.subgraph.name },
          'a subscription could not be asked for',
        );
        await setTimeout(wait);
      }
    }
    return { errors: [publicError(unavailable().toJSON(), caller.requestId)] };
  }

  #broken(subscriber: Subscriber, error: unknown): void {
    this.#options.logger.error({ err: error }, 'a delivery failed');
    this.#remove(subscriber);
  }

  #fail(subscriber: Subscriber, errors: readonly GraphQLFormattedError[]): void {
    subscriber.fail(errors);
    this.#remove(subscriber);
  }

  #close(subscriber: Subscriber): void {
    subscriber.close();
    this.#remove(subscriber);
  }

  /** Takes a subscription off the books. */
  #remove(subscriber: Subscriber): void {
    const leave = this.#subscribers.get(subscriber);
    if (!leave) return;
    this.#subscribers.delete(subscriber);
    leave();
    const { group, topics } = subscriber;
    this.#feed.detach(subscriber, topics);
    group.leave();
    if (group.empty && this.#groups.get(group.key) === group) this.#groups.delete(group.key);
  }
}
