import type { Context } from '@kopru/runtime/context.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { LiveSource } from '@kopru/runtime/subgraph/live.ts';
import { Arg, Ctx, ID, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import type { DreamLookup } from '../dream/dream.lookup.ts';
import { cancelAnalysis, retryAnalysis } from './analysis.change.ts';
import { analysisEvent, DreamAnalysisEvent } from './analysis.events.ts';
import type { AnalysisFeed } from './analysis.feed.ts';
import {
  CancelAnalysisInput,
  CancelAnalysisPayload,
  RetryAnalysisInput,
  RetryAnalysisPayload,
} from './analysis.inputs.ts';
import type { AnalysisDependencies } from './analysis.request.ts';

interface Subscriber {
  readonly args: { readonly dreamId?: string };
  readonly context: Context;
}

@Resolver()
export class AnalysisResolver {
  readonly #parts: AnalysisDependencies;
  readonly #dreams: DreamLookup;
  readonly #feed: AnalysisFeed;

  constructor(parts: AnalysisDependencies, dreams: DreamLookup, feed: AnalysisFeed) {
    this.#parts = parts;
    this.#dreams = dreams;
    this.#feed = feed;
  }

  @Mutation(() => RetryAnalysisPayload, {
    description:
      'Has the analyst answer after an analysis FAILED or was CANCELLED. It never charges again. NOT_FOUND; CONFLICT (Analysis) in any other state.',
  })
  async retryAnalysis(
    @Arg('input', () => RetryAnalysisInput, { description: 'The dream.' }) { dreamId }: RetryAnalysisInput,
    @Ctx() context: Context,
  ): Promise<RetryAnalysisPayload> {
    return { dream: await context.written(retryAnalysis(this.#parts, dreamId, context)) };
  }

  @Mutation(() => CancelAnalysisPayload, {
    description: 'Ends the analysis that runs; what is over stays as it ended. NOT_FOUND.',
  })
  async cancelAnalysis(
    @Arg('input', () => CancelAnalysisInput, { description: 'The dream.' }) { dreamId }: CancelAnalysisInput,
    @Ctx() context: Context,
  ): Promise<CancelAnalysisPayload> {
    return { dream: await context.written(cancelAnalysis(this.#parts, dreamId, context)) };
  }

  async listen(dreamId: string, context: Context): Promise<LiveSource> {
    const now = await this.#feed.now();
    return context.listen(await this.#feed.grant(await this.#dreams.own(dreamId, context), now));
  }

  @Subscription(() => DreamAnalysisEvent, {
    subscribe: ({ args, context }: Subscriber) =>
      context.resolver(AnalysisResolver).listen(args.dreamId ?? '', context),
    description:
      'The answers to a dream as they are written, at most 20 pieces a second, each followed by how it ended. Whoever comes while one is written gets it from its beginning.',
  })
  dreamAnalysis(
    @Root() event: LogEvent,
    @Arg('dreamId', () => ID, { description: "The dream. NOT_FOUND unless it is the viewer's." }) _: string,
  ): typeof DreamAnalysisEvent {
    return analysisEvent(event);
  }
}
