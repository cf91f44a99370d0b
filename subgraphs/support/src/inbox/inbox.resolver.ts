import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import { servicesOnly } from '../access/services.ts';
import { UnreadThreadsInput } from './inbox.inputs.ts';
import { threadIdsOf, unreadThreads } from './inbox.read.ts';
import { UnreadThread } from './unread-thread.ts';

/** What whoever keeps people's inboxes asks. */
@Resolver()
export class InboxResolver {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @Query(() => [UnreadThread], {
    description: 'For services: the threads in which somebody has something to read, newest message first.',
  })
  @Directive('@inaccessible')
  async unreadSupportThreads(
    @Arg('input', () => UnreadThreadsInput, { description: 'Which part.' }) input: UnreadThreadsInput,
    @Ctx() context: Context,
  ): Promise<UnreadThread[]> {
    servicesOnly(context, 'SupportThread');
    return unreadThreads(this.#database, input);
  }

  @Query(() => [ID], {
    description:
      'For services: the ids of the threads that somebody began signed in, at most 100, newest message first.',
  })
  @Directive('@inaccessible')
  async supportThreadIds(
    @Arg('userId', () => ID, { description: 'The account.' }) userId: string,
    @Ctx() context: Context,
  ): Promise<string[]> {
    servicesOnly(context, 'SupportThread');
    return threadIdsOf(this.#database, userId);
  }
}
