import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Channel } from '../references/channel.ts';

@InputType({ description: 'How far the viewer has read.' })
export class MarkReadInput {
  @Field(() => ID, { description: 'Where.' })
  channelId!: string;
  @Field(() => ID, { nullable: true, description: 'The last message that was read; the newest where it is absent.' })
  messageId?: string | null;
}

@ObjectType({ description: 'The outcome of `markRead`.', simpleResolvers: true })
export class MarkReadPayload {
  @Field(() => Channel, { description: 'The channel, with what is unread now.' })
  channel!: Channel;
}
