import type { Batch, Context } from '@kopru/runtime/context.ts';
import { type Connection, ConnectionArgs, connectionType } from '@kopru/runtime/subgraph/connection.ts';
import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { forAgentsOnly } from '../access/agents.ts';
import type { MessageLookup } from '../message/message.lookup.ts';
import { SupportMessage } from '../message/message.ts';
import type { NoteLookup } from '../note/note.lookup.ts';
import { PrivateNote } from '../note/note.ts';
import { User } from '../references/user.ts';
import type { ThreadLookup } from './thread.lookup.ts';
import { SupportThread } from './thread.ts';

const SupportMessageConnection = connectionType('SupportMessage', () => SupportMessage);

interface ThreadParts {
  readonly threads: ThreadLookup;
  readonly messages: MessageLookup;
  readonly notes: NoteLookup;
  readonly unread: Batch<string, number>;
}

/** What a thread leads to. Whoever has the thread may read what both sides see; the rest is for agents. */
@Resolver(() => SupportThread)
export class ThreadFieldsResolver {
  readonly #parts: ThreadParts;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
  }

  @FieldResolver(() => SupportMessageConnection, {
    description:
      'What was written, oldest first; the newest 50 unless told otherwise. A cursor is a message id. `last: 20` are the newest 20.',
  })
  messages(
    @Root() { id }: SupportThread,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: Context,
  ): Promise<Connection<SupportMessage>> {
    return this.#parts.messages.page(id, args, context);
  }

  @FieldResolver(() => SupportMessage, { nullable: true, description: 'The newest message; null while there is none.' })
  async lastMessage(@Root() { lastMessageId }: SupportThread, @Ctx() context: Context): Promise<SupportMessage | null> {
    return lastMessageId === null ? null : context.load(this.#parts.messages.byId).load(lastMessageId);
  }

  @FieldResolver(() => Int, {
    description:
      "How many messages the reader's side has not seen: of the visitor for an agent, of the agents for anybody else.",
  })
  unreadCount(@Root() { id }: SupportThread, @Ctx() context: Context): Promise<number> {
    return context.load(this.#parts.unread).load(id);
  }

  @FieldResolver(() => [PrivateNote], {
    nullable: true,
    description: 'What agents noted about it, oldest first. Only for agents, else FORBIDDEN (SupportThread).',
  })
  async notes(@Root() { id }: SupportThread, @Ctx() context: Context): Promise<PrivateNote[]> {
    forAgentsOnly(context, 'SupportThread');
    return context.load(this.#parts.notes.ofThread).load(id);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who takes care of it; null for nobody. Only for agents, else FORBIDDEN (SupportThread).',
  })
  async assignee(@Root() { id }: SupportThread, @Ctx() context: Context): Promise<User | null> {
    forAgentsOnly(context, 'SupportThread');
    return userOrNull((await context.load(this.#parts.threads.secrets).load(id))?.assigneeId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description:
      "The visitor's account, where they were signed in when they began. Only for agents, else FORBIDDEN (SupportThread).",
  })
  async account(@Root() { id }: SupportThread, @Ctx() context: Context): Promise<User | null> {
    forAgentsOnly(context, 'SupportThread');
    return userOrNull((await context.load(this.#parts.threads.secrets).load(id))?.accountId);
  }
}

const userOrNull = (id: string | null | undefined): User | null => (id == null ? null : new User(id));
