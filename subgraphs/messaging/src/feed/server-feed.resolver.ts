import type { Context } from '@kopru/runtime/context.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { LiveSource } from '@kopru/runtime/subgraph/live.ts';
import { topic } from '@kopru/schema/events.ts';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Access } from '../access/access.ts';
import { feedEvent, ViewerEvent, viewerEventTypes } from './feed.events.ts';

interface Subscriber {
  readonly args: { readonly serverId?: string };
  readonly context: Context;
}

/** All of a server at once, for a service that tells many of its members. */
@Resolver()
export class ServerFeedResolver {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  async listen(serverId: string, context: Context): Promise<LiveSource> {
    const channelIds = await this.#access.channelsOfServerNow(serverId, context);
    return context.listen({
      topics: [topic.server(serverId), ...channelIds.map(topic.channel)],
      types: viewerEventTypes,
      recheckOn: [topic.accessToServer(serverId)],
    });
  }

  @Subscription(() => ViewerEvent, {
    subscribe: ({ args, context }: Subscriber) =>
      context.resolver(ServerFeedResolver).listen(args.serverId ?? '', context),
    description:
      'For services, FORBIDDEN to everybody else: all that happens in a server and all of its text channels, in order. It is for the service to find out which of it each person may hear.',
  })
  serverFeed(
    @Root() event: LogEvent,
    @Arg('serverId', () => ID, {
      description: 'The server. NOT_FOUND (Server); ends with it when the server is deleted.',
    })
    _: string,
  ): typeof ViewerEvent {
    return feedEvent(event);
  }
}
