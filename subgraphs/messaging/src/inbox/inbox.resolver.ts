import type { Context } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import { type Connection, ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import type { LiveSource } from '@kopru/runtime/subgraph/live.ts';
import { topic } from '@kopru/schema/events.ts';
import { Args, Ctx, FieldResolver, Resolver, Root, Subscription } from 'type-graphql';
import type { Access } from '../access/access.ts';
import { User } from '../references/user.ts';
import { inboxEventTypes, subjectOf } from './inbox.events.ts';
import type { Inbox } from './inbox.read.ts';
import { InboxConnection, InboxSubject } from './inbox.ts';
import type { Support } from './support.ts';

interface InboxParts {
  readonly inbox: Inbox;
  readonly access: Access;
  readonly support: Support;
}

/** One inbox over direct messages, servers and the support chat. */
@Resolver(() => User)
export class InboxResolver {
  readonly #parts: InboxParts;

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  @FieldResolver(() => InboxConnection, {
    nullable: true,
    description:
      'Where the user has something to read: channels of servers, direct channels and their own support threads, newest message first. Only for the user, else FORBIDDEN (User); UNAVAILABLE.',
  })
  async inbox(
    @Root() { id }: User,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: Context,
  ): Promise<Connection<typeof InboxSubject>> {
    if (context.viewer.userId !== id) throw forbidden('Only the user may see this.', 'User');
    return this.#parts.inbox.page(id, args);
  }

  @Subscription(() => InboxSubject, {
    subscribe: ({ context }: { readonly context: Context }) => context.resolver(InboxResolver).listen(context),
    description:
      "Each place where what the viewer has to read may have changed, by a message of anybody or by the viewer's reading; read its `unreadCount`. UNAUTHENTICATED, UNAVAILABLE.",
  })
  inboxChanged(@Root() event: LogEvent): typeof InboxSubject {
    return subjectOf(event);
  }

  async listen(context: Context): Promise<LiveSource> {
    const { userId } = context.viewer;
    const { access, support } = this.#parts;
    const [{ serverIds, channelIds }, threadIds] = await Promise.all([
      access.scopeNow(userId),
      support.threadIds(userId),
    ]);
    return context.listen({
      topics: [topic.user(userId), ...channelIds.map(topic.channel), ...threadIds.map(topic.supportThread)],
      types: inboxEventTypes,
      recheckOn: [topic.accessOfUser(userId), topic.accessToSupport, ...serverIds.map(topic.accessToServer)],
    });
  }
}
