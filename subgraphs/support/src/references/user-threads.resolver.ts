import type { Context } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import { type Connection, ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { SupportThreadConnection } from '../thread/thread.connection.ts';
import type { ThreadList } from '../thread/thread.list.ts';
import type { SupportThread } from '../thread/thread.ts';
import { User } from './user.ts';

/** What support adds to people. */
@Resolver(() => User)
export class UserThreadsResolver {
  readonly #list: ThreadList;

  constructor(list: ThreadList) {
    this.#list = list;
  }

  @FieldResolver(() => SupportThreadConnection, {
    nullable: true,
    description:
      'The support threads that the user began while signed in, newest last message first. Only for the user and agents, else FORBIDDEN (User).',
  })
  async supportThreads(
    @Root() { id }: User,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: Context,
  ): Promise<Connection<SupportThread>> {
    const { userId, agent } = context.viewer;
    if (userId !== id && !agent) throw forbidden('Only the user and support agents see this.', 'User');
    return this.#list.ofAccount(id, args, context);
  }
}
