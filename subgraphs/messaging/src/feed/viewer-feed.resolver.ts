import type { Context } from '@kopru/runtime/context.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { LiveSource } from '@kopru/runtime/subgraph/live.ts';
import { topic } from '@kopru/schema/events.ts';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Access } from '../access/access.ts';
import { Presence } from '../presence/presence.ts';
import { feedEvent, ViewerEvent, viewerEventTypes } from './feed.events.ts';
import type { PresenceChanged } from './message.events.ts';

interface Subscriber {
  readonly args: { readonly serverId?: string };
  readonly context: Context;
}

/** What the viewer hears of, wherever it happens. */
@Resolver()
export class ViewerFeedResolver {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  async listenToAll(context: Context): Promise<LiveSource> {
    const { userId } = context.viewer;
    const { serverIds, channelIds } = await this.#access.scopeNow(userId);
    return context.listen({
      topics: [topic.user(userId), ...serverIds.map(topic.server), ...channelIds.map(topic.channel)],
      types: viewerEventTypes,
      recheckOn: [topic.accessOfUser(userId), ...serverIds.map(topic.accessToServer)],
    });
  }

  async listenToPresence(serverId: string, context: Context): Promise<LiveSource> {
    await this.#access.requireMemberNow(serverId, context);
    return context.listen({
      topics: [topic.server(serverId)],
      types: ['presence.changed'],
      recheckOn: [topic.accessOfUser(context.viewer.userId), topic.accessToServer(serverId)],
    });
  }

  @Subscription(() => ViewerEvent, {
    subscribe: ({ context }: Subscriber) => context.resolver(ViewerFeedResolver).listenToAll(context),
    description: 'All that concerns the viewer: their servers, every channel they may read, and their other sessions.',
  })
  viewerEvents(@Root() event: LogEvent): typeof ViewerEvent {
    return feedEvent(event);
  }

  @Subscription(() => Presence, {
    subscribe: ({ args, context }: Subscriber) =>
      context.resolver(ViewerFeedResolver).listenToPresence(args.serverId ?? '', context),
    description: 'Each member of a server who comes, goes, or changes how they appear.',
  })
  presenceChanged(
    @Root() event: LogEvent,
    @Arg('serverId', () => ID, { description: 'The server. FORBIDDEN (Server) for anybody but members.' }) _: string,
  ): Presence {
    return feedEvent<PresenceChanged>(event).presence;
  }
}
