import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Access } from '../access/access.ts';
import { Channel } from '../references/channel.ts';
import { User } from '../references/user.ts';
import { StartTypingInput, StartTypingPayload } from './typing.inputs.ts';
import type { Typing } from './typing.service.ts';
import type { TypingBoard } from './typing-board.ts';

@Resolver(() => Channel)
export class TypingResolver {
  readonly #typing: Typing;
  readonly #board: TypingBoard;
  readonly #access: Access;

  constructor(typing: Typing, board: TypingBoard, access: Access) {
    this.#typing = typing;
    this.#board = board;
    this.#access = access;
  }

  @FieldResolver(() => [User], {
    nullable: true,
    description: 'Who is typing at the moment, but for the viewer.',
  })
  async typing(@Root() { id }: Channel, @Ctx() context: Context): Promise<User[]> {
    const { userId } = await this.#access.ofViewer(id, context);
    return this.#board
      .in(id)
      .filter((other) => other !== userId)
      .map((other) => new User(other));
  }

  @Mutation(() => StartTypingPayload, {
    description:
      'Shows the viewer as typing for 8 seconds. Said more than once in 2 seconds, it is announced once. NOT_FOUND, FORBIDDEN (Channel).',
  })
  async startTyping(
    @Arg('input', () => StartTypingInput, { description: 'Where.' }) { channelId }: StartTypingInput,
    @Ctx() context: Context,
  ): Promise<StartTypingPayload> {
    return { channelId, expiresAt: await this.#typing.start(channelId, context) };
  }
}
