import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Access } from '../access/access.ts';
import { Channel } from '../references/channel.ts';
import { MarkReadInput, MarkReadPayload } from './read-state.inputs.ts';
import type { ReadStates } from './read-state.service.ts';

@Resolver(() => Channel)
export class ReadStateResolver {
  readonly #readStates: ReadStates;
  readonly #access: Access;

  constructor(readStates: ReadStates, access: Access) {
    this.#readStates = readStates;
    this.#access = access;
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The last message here that the viewer read or wrote, deleted since or not; null where there is none.',
  })
  async lastReadMessageId(@Root() { id }: Channel, @Ctx() context: Context): Promise<string | null> {
    await this.#access.ofViewer(id, context);
    return context.load(this.#readStates.lastRead).load(id);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: "How many messages of others follow the viewer's place; counting stops at 1000.",
  })
  async unreadCount(@Root() { id }: Channel, @Ctx() context: Context): Promise<number> {
    await this.#access.ofViewer(id, context);
    return context.load(this.#readStates.unread).load(id);
  }

  @Mutation(() => MarkReadPayload, {
    description:
      "Moves the viewer's place in a channel forward; a place further back changes nothing. NOT_FOUND (Channel, Message), FORBIDDEN (Channel).",
  })
  async markRead(
    @Arg('input', () => MarkReadInput, { description: 'The place.' }) input: MarkReadInput,
    @Ctx() context: Context,
  ): Promise<MarkReadPayload> {
    await context.written(this.#readStates.markRead(input, context));
    return { channel: new Channel(input.channelId) };
  }
}
