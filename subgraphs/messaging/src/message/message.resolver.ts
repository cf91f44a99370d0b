import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Channel } from '../references/channel.ts';
import { User } from '../references/user.ts';
import { type DeletingDependencies, deleteMessage } from './message.delete.ts';
import { type EditingDependencies, editMessage } from './message.edit.ts';
import {
  DeleteMessageInput,
  DeleteMessagePayload,
  EditMessageInput,
  EditMessagePayload,
  SendMessageInput,
  SendMessagePayload,
} from './message.inputs.ts';
import { type SendingDependencies, sendMessage } from './message.send.ts';
import { Message } from './message.ts';

@Resolver(() => Message)
export class MessageResolver {
  readonly #parts: SendingDependencies & EditingDependencies & DeletingDependencies;

  constructor(parts: SendingDependencies & EditingDependencies & DeletingDependencies) {
    this.#parts = parts;
  }

  @Query(() => Message, {
    nullable: true,
    description: 'One message. NOT_FOUND where there is none, it was deleted, or the viewer may not read it.',
  })
  message(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: Context): Promise<Message> {
    return this.#parts.lookup.readable(id, context);
  }

  @Mutation(() => SendMessagePayload, {
    description:
      'Sends a message. VALIDATION_FAILED (`content`, `nonce`, `replyToId`); NOT_FOUND or FORBIDDEN (Channel) where the viewer may not write.',
  })
  async sendMessage(
    @Arg('input', () => SendMessageInput, { description: 'The message.' }) input: SendMessageInput,
    @Ctx() context: Context,
  ): Promise<SendMessagePayload> {
    return { message: await context.written(sendMessage(this.#parts, input, context)) };
  }

  @Mutation(() => EditMessagePayload, {
    description:
      "Changes the text of the viewer's own message. NOT_FOUND, FORBIDDEN (Message), VALIDATION_FAILED (`content`).",
  })
  async editMessage(
    @Arg('input', () => EditMessageInput, { description: 'The change.' }) input: EditMessageInput,
    @Ctx() context: Context,
  ): Promise<EditMessagePayload> {
    return { message: await context.written(editMessage(this.#parts, input, context)) };
  }

  @Mutation(() => DeleteMessagePayload, {
    description:
      'Deletes a message: its author may, and who may manage messages in its channel. NOT_FOUND, FORBIDDEN (Message).',
  })
  deleteMessage(
    @Arg('input', () => DeleteMessageInput, { description: 'The message.' }) input: DeleteMessageInput,
    @Ctx() context: Context,
  ): Promise<DeleteMessagePayload> {
    return context.written(deleteMessage(this.#parts, input, context));
  }

  @FieldResolver(() => Channel, { description: 'Where it was sent.' })
  channel(@Root() { channelId }: Message): Channel {
    return new Channel(channelId);
  }

  @FieldResolver(() => User, { description: 'Who sent it.' })
  author(@Root() { authorId }: Message): User {
    return new User(authorId);
  }

  @FieldResolver(() => Message, {
    nullable: true,
    description: 'The message that it answers; null where it answers none, or one that was deleted.',
  })
  async replyTo(@Root() { replyToId }: Message, @Ctx() context: Context): Promise<Message | null> {
    // It is in the same channel, so whoever has this message may read that one.
    return replyToId === null ? null : context.load(this.#parts.lookup.byId).load(replyToId);
  }
}
