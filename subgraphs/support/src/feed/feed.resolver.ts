import type { Context } from '@kopru/runtime/context.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { LiveSource } from '@kopru/runtime/subgraph/live.ts';
import { topic } from '@kopru/schema/events.ts';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { requireAgent } from '../access/agents.ts';
import type { ThreadLookup } from '../thread/thread.lookup.ts';
import { feedEvent, inboxEventTypes, SupportInboxEvent, SupportThreadEvent, threadEventTypes } from './feed.events.ts';

interface Subscriber {
  readonly args: { readonly threadId?: string };
  readonly context: Context;
}

/** What happens in the support chat, as it happens. */
@Resolver()
export class FeedResolver {
  readonly #threads: ThreadLookup;

  constructor(threads: ThreadLookup) {
    this.#threads = threads;
  }

  async listenToThread(threadId: string, context: Context): Promise<LiveSource> {
    const { id } = await this.#threads.knownNow(threadId);
    return context.listen({
      topics: [topic.supportThread(id)],
      types: threadEventTypes,
      // It ends when all threads go, and for whoever is signed in with their session.
      recheckOn: [topic.accessToSupport, ...endsOf(context)],
    });
  }

  listenToAll(context: Context): LiveSource {
    // A service answers itself for whom it tells.
    if (context.reader.kind !== 'service') requireAgent(context);
    return context.listen({ topics: [topic.supportInbox], types: inboxEventTypes, recheckOn: endsOf(context) });
  }

  @Subscription(() => SupportThreadEvent, {
    subscribe: ({ args, context }: Subscriber) =>
      context.resolver(FeedResolver).listenToThread(args.threadId ?? '', context),
    description: 'All that happens in one thread, in order, for whoever knows its id.',
  })
  supportThreadEvents(
    @Root() event: LogEvent,
    @Arg('threadId', () => ID, { description: 'The thread. NOT_FOUND (SupportThread), also as soon as it is gone.' })
    _: string,
  ): typeof SupportThreadEvent {
    return feedEvent(event);
  }

  @Subscription(() => SupportInboxEvent, {
    subscribe: ({ context }: Subscriber) => context.resolver(FeedResolver).listenToAll(context),
    description:
      'All that happens in all threads, in order. UNAUTHENTICATED, FORBIDDEN (SupportThread) for anybody but agents.',
  })
  supportInbox(@Root() event: LogEvent): typeof SupportInboxEvent {
    return feedEvent(event);
  }
}

/** Where the end of the caller's sessions is announced, after which the token is looked at again. */
function endsOf({ viewerOrNull: viewer }: Context): string[] {
  return viewer ? [topic.user(viewer.userId)] : [];
}
