import { Field, ID, InputType, ObjectType } from 'type-graphql';

@InputType({ description: 'Where the viewer types.' })
export class StartTypingInput {
  @Field(() => ID, { description: 'The channel.' })
  channelId!: string;
}

@ObjectType({ description: 'The outcome of `startTyping`.', simpleResolvers: true })
export class StartTypingPayload {
  @Field(() => ID, { description: 'The channel.' })
  channelId!: string;
  @Field(() => Date, { description: 'Until when the viewer is shown as typing; say it again before that to go on.' })
  expiresAt!: Date;
}
