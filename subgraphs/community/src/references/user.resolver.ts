import type { Context } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import { ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ChannelConnection } from '../channel/channel.connection.ts';
import type { Channel } from '../channel/channel.ts';
import type { DirectChannelService } from '../direct-channel/direct-channel.service.ts';
import type { CountedConnection } from '../page/page.ts';
import { ServerConnection } from '../server/server.connection.ts';
import type { ServerService } from '../server/server.service.ts';
import type { Server } from '../server/server.ts';
import { User } from './user.ts';

/** What this subgraph adds to people; for themselves only. */
@Resolver(() => User)
export class UserResolver {
  readonly #servers: ServerService;
  readonly #directChannels: DirectChannelService;

  constructor(servers: ServerService, directChannels: DirectChannelService) {
    this.#servers = servers;
    this.#directChannels = directChannels;
  }

  @FieldResolver(() => ServerConnection, {
    nullable: true,
    description:
      'The servers the user is a member of, in the order of joining. Only for the user, else FORBIDDEN (User).',
  })
  async servers(
    @Root() { id }: User,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ): Promise<CountedConnection<Server>> {
    onlyThemselves(context, id);
    return this.#servers.ofUser(context, id, args);
  }

  @FieldResolver(() => ChannelConnection, {
    nullable: true,
    description:
      "The user's direct channels, the one with the newest message first; one that nobody has written in counts from its opening. A message may take a moment to count. Only for the user, else FORBIDDEN (User).",
  })
  async directChannels(
    @Root() { id }: User,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ): Promise<CountedConnection<Channel>> {
    onlyThemselves(context, id);
    return this.#directChannels.ofUser(context, id, args);
  }
}

function onlyThemselves({ viewer }: Context, userId: string): void {
  if (viewer.userId !== userId) throw forbidden('Only the user may see this.', 'User');
}
