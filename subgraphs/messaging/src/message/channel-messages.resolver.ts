import type { Context } from '@kopru/runtime/context.ts';
import { type Connection, connectionType } from '@kopru/runtime/subgraph/connection.ts';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Access } from '../access/access.ts';
import { Channel } from '../references/channel.ts';
import type { MessageHistory } from './message.history.ts';
import { HistoryArgs } from './message.inputs.ts';
import type { MessageLookup } from './message.lookup.ts';
import { Message } from './message.ts';

const MessageConnection = connectionType('Message', () => Message);

@Resolver(() => Channel)
export class ChannelMessagesResolver {
  readonly #history: MessageHistory;
  readonly #lookup: MessageLookup;
  readonly #access: Access;

  constructor(history: MessageHistory, lookup: MessageLookup, access: Access) {
    this.#history = history;
    this.#lookup = lookup;
    this.#access = access;
  }

  @FieldResolver(() => MessageConnection, {
    nullable: true,
    description:
      'What was written here, oldest first; the newest 50 unless told otherwise. A cursor is a message id. `last: 20` are the newest 20.',
  })
  messages(
    @Root() { id }: Channel,
    @Args(() => HistoryArgs) args: HistoryArgs,
    @Ctx() context: Context,
  ): Promise<Connection<Message>> {
    return this.#history.page(id, args, context);
  }

  @FieldResolver(() => Message, { nullable: true, description: 'The newest message; null while there is none.' })
  async lastMessage(@Root() { id }: Channel, @Ctx() context: Context): Promise<Message | null> {
    await this.#access.requireReadable(id, context);
    return context.load(this.#lookup.lastOf).load(id);
  }
}
