import { Field, ID, ObjectType } from 'type-graphql';
import { Message } from '../message/message.ts';
import { Presence } from '../presence/presence.ts';
import { Channel } from '../references/channel.ts';
import { User } from '../references/user.ts';

@ObjectType({ description: 'A message was sent.', simpleResolvers: true })
export class MessageCreated {
  @Field(() => Message, { description: 'The message.' })
  message!: Message;
  @Field(() => ID, { nullable: true, description: 'The server whose channel it is in; null for a direct channel.' })
  inServerId!: string | null;
}

@ObjectType({ description: 'The text of a message changed.', simpleResolvers: true })
export class MessageUpdated {
  @Field(() => Message, { description: 'The message as it is now.' })
  message!: Message;
  @Field(() => ID, { nullable: true, description: 'The server whose channel it is in; null for a direct channel.' })
  inServerId!: string | null;
}

@ObjectType({ description: 'A message was deleted.', simpleResolvers: true })
export class MessageDeleted {
  @Field(() => ID, { description: 'The message that is gone.' })
  messageId!: string;
  @Field(() => ID, { description: 'The channel it was in.' })
  channelId!: string;
}

@ObjectType({ description: 'Somebody is typing.', simpleResolvers: true })
export class TypingStarted {
  @Field(() => ID, { description: 'Where.' })
  channelId!: string;
  @Field(() => User, { description: 'Who; it may be the viewer.' })
  user!: User;
  @Field(() => Date, { description: 'Until when, unless it is said again or a message comes first.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'Somebody came, went, or changed how they appear.', simpleResolvers: true })
export class PresenceChanged {
  @Field(() => Presence, { description: 'How they appear now.' })
  presence!: Presence;
}

@ObjectType({
  description: "The viewer's place in a channel moved over messages of others, in whichever of their sessions.",
  simpleResolvers: true,
})
export class ReadStateChanged {
  @Field(() => Channel, { description: 'The channel.' })
  channel!: Channel;
  @Field(() => ID, { description: 'The last message that was read.' })
  lastReadMessageId!: string;
}
