import { ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Message } from './message.ts';

/** Where a page of a channel's history lies. A cursor is a message's id. */
@ArgsType()
export class HistoryArgs extends ConnectionArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'The message in the middle of the page, which has `first` or `last` messages in all; not with the other places.',
  })
  around?: string | null;
  @Field(() => Int, {
    nullable: true,
    description:
      'How many to skip, 0 to 100000, for numbered pages: from the oldest with `first`, from the newest with `last`.',
  })
  offset?: number | null;
}

@InputType({ description: 'A message to send.' })
export class SendMessageInput {
  @Field(() => ID, { description: 'Where to.' })
  channelId!: string;
  @Field(() => String, { description: 'The text, 1 to 4000 characters, not only white space. It is kept as it is.' })
  content!: string;
  @Field(() => String, {
    nullable: true,
    description:
      "1 to 64 characters that tell this message from the author's others in the channel: sent again with the same, the first message is given back.",
  })
  nonce?: string | null;
  @Field(() => ID, { nullable: true, description: 'The message of the same channel that this one answers.' })
  replyToId?: string | null;
}

@ObjectType({ description: 'The outcome of `sendMessage`.', simpleResolvers: true })
export class SendMessagePayload {
  @Field(() => Message, { description: 'The message, or the first one of the same nonce.' })
  message!: Message;
}

@InputType({ description: 'A change of one of your messages.' })
export class EditMessageInput {
  @Field(() => ID, { description: 'Which one.' })
  messageId!: string;
  @Field(() => String, { description: 'The new text, 1 to 4000 characters, not only white space.' })
  content!: string;
}

@ObjectType({ description: 'The outcome of `editMessage`.', simpleResolvers: true })
export class EditMessagePayload {
  @Field(() => Message, { description: 'The message as it is now.' })
  message!: Message;
}

@InputType({ description: 'A message to delete.' })
export class DeleteMessageInput {
  @Field(() => ID, { description: 'Which one.' })
  messageId!: string;
  @Field(() => ID, { nullable: true, description: 'Its channel; with another one the message is not found.' })
  channelId?: string | null;
}

@ObjectType({ description: 'The outcome of `deleteMessage`.', simpleResolvers: true })
export class DeleteMessagePayload {
  @Field(() => ID, { description: 'The message that is gone.' })
  messageId!: string;
  @Field(() => ID, { description: 'The channel it was in.' })
  channelId!: string;
}
