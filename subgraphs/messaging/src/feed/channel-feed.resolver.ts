import type { Context } from '@kopru/runtime/context.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { LiveSource } from '@kopru/runtime/subgraph/live.ts';
import { type EventType, topic } from '@kopru/schema/events.ts';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Access } from '../access/access.ts';
import { Message } from '../message/message.ts';
import { ChannelEvent, channelEventTypes, feedEvent } from './feed.events.ts';
import { type MessageCreated, MessageDeleted, type MessageUpdated, TypingStarted } from './message.events.ts';

interface Subscriber {
  readonly args: { readonly channelId?: string };
  readonly context: Context;
}

const listen =
  (...types: readonly EventType[]) =>
  ({ args, context }: Subscriber): Promise<LiveSource> =>
    context.resolver(ChannelFeedResolver).listen(args.channelId ?? '', types, context);

const where = { description: 'The channel. NOT_FOUND, FORBIDDEN (Channel).' };

/** What happens in one channel, for those who may read it. */
@Resolver()
export class ChannelFeedResolver {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  async listen(channelId: string, types: readonly EventType[], context: Context): Promise<LiveSource> {
    const topics = [topic.channel(channelId)];
    // A service answers itself for whom it tells.
    if (context.reader.kind === 'service') return context.listen({ topics, types, recheckOn: [] });
    const { userId, serverId } = await this.#access.ofViewerNow(channelId, context);
    return context.listen({
      topics,
      types,
      recheckOn: [topic.accessOfUser(userId), ...(serverId === null ? [] : [topic.accessToServer(serverId)])],
    });
  }

  @Subscription(() => Message, { subscribe: listen('message.created'), description: 'Each message as it is sent.' })
  messageCreated(@Root() event: LogEvent, @Arg('channelId', () => ID, where) _: string): Message {
    return feedEvent<MessageCreated>(event).message;
  }

  @Subscription(() => Message, {
    subscribe: listen('message.updated'),
    description: 'Each message whose text changes.',
  })
  messageUpdated(@Root() event: LogEvent, @Arg('channelId', () => ID, where) _: string): Message {
    return feedEvent<MessageUpdated>(event).message;
  }

  @Subscription(() => MessageDeleted, { subscribe: listen('message.deleted'), description: 'Each message that goes.' })
  messageDeleted(@Root() event: LogEvent, @Arg('channelId', () => ID, where) _: string): MessageDeleted {
    return feedEvent(event);
  }

  @Subscription(() => TypingStarted, {
    subscribe: listen('typing.started'),
    description: 'Each time somebody types, the viewer included.',
  })
  typingStarted(@Root() event: LogEvent, @Arg('channelId', () => ID, where) _: string): TypingStarted {
    return feedEvent(event);
  }

  @Subscription(() => ChannelEvent, {
    subscribe: listen(...channelEventTypes),
    description: 'All that happens in a channel, in order.',
  })
  channelEvents(@Root() event: LogEvent, @Arg('channelId', () => ID, where) _: string): typeof ChannelEvent {
    return feedEvent(event);
  }
}
