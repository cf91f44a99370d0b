import type { Context } from '@kopru/runtime/context.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { LiveSource } from '@kopru/runtime/subgraph/live.ts';
import { topic } from '@kopru/schema/events.ts';
import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import { type AccessService, servicesOnly } from '../access/access.service.ts';
import type { Access } from '../access/access.ts';
import { membershipEventTypes, readServerEvent, serverEventTypes, viewerEventTypes } from './server-event.read.ts';
import { ServerEvent } from './server-event.ts';

@Resolver()
export class ServerEventResolver {
  readonly #access: Access;
  readonly #scopes: AccessService;

  constructor(access: Access, scopes: AccessService) {
    this.#access = access;
    this.#scopes = scopes;
  }

  @Subscription(() => ServerEvent, {
    description: 'What happens in one server, for its members. Ends when the membership does.',
    subscribe: ({ context, args }) => {
      const viewed = context as Context;
      return viewed.resolver(ServerEventResolver).listenToServer(viewed, args.serverId);
    },
  })
  serverEvents(
    @Root() event: LogEvent,
    @Ctx() context: Context,
    @Arg('serverId', () => ID, { description: 'The server. NOT_FOUND for none, FORBIDDEN for strangers.' })
    _serverId: string,
  ): typeof ServerEvent {
    return readServerEvent(event, this.#access, context);
  }

  @Subscription(() => ServerEvent, {
    description: 'What happens in all servers of the viewer, and that a direct channel was opened.',
    subscribe: ({ context }) => {
      const viewed = context as Context;
      return viewed.resolver(ServerEventResolver).listenToAll(viewed);
    },
  })
  viewerServerEvents(@Root() event: LogEvent, @Ctx() context: Context): typeof ServerEvent {
    return readServerEvent(event, this.#access, context);
  }

  @Subscription(() => ServerEvent, {
    description:
      'For services, FORBIDDEN to everybody else: whoever joins a server or is no member any more, servers that are deleted and direct channels that are opened, of everybody.',
    subscribe: ({ context }) => {
      const viewed = context as Context;
      return viewed.resolver(ServerEventResolver).listenToMemberships(viewed);
    },
  })
  membershipEvents(@Root() event: LogEvent, @Ctx() context: Context): typeof ServerEvent {
    return readServerEvent(event, this.#access, context);
  }

  async listenToMemberships(context: Context): Promise<LiveSource> {
    servicesOnly(context);
    return context.listen({ topics: [topic.memberships], types: membershipEventTypes, recheckOn: [] });
  }

  async listenToServer(context: Context, serverId: string): Promise<LiveSource> {
    const { userId } = context.viewer;
    await this.#access.server(context, serverId);
    return context.listen({
      topics: [topic.server(serverId)],
      types: serverEventTypes,
      recheckOn: [topic.accessToServer(serverId), topic.accessOfUser(userId)],
    });
  }

  async listenToAll(context: Context): Promise<LiveSource> {
    const { userId } = context.viewer;
    const { serverIds } = await this.#scopes.scopeOf(userId);
    return context.listen({
      topics: [topic.user(userId), ...serverIds.map(topic.server)],
      types: viewerEventTypes,
      recheckOn: [topic.accessOfUser(userId), ...serverIds.map(topic.accessToServer)],
    });
  }
}
