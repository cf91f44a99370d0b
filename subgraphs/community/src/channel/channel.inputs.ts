import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A text channel to make.' })
export class CreateChannelInput {
  @Field(() => ID, { description: 'The server it is for.' })
  readonly serverId!: string;

  @Field(() => String, { description: '1 to 100 characters, unique in the server whatever their case.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'What is talked about, at most 1024 characters.' })
  readonly topic?: string | null;
}

@InputType({ description: 'What to change of a text channel; what is left out stays.' })
export class UpdateChannelInput {
  @Field(() => ID, { description: 'The channel.' })
  readonly channelId!: string;

  @Field(() => String, {
    nullable: true,
    description: '1 to 100 characters, unique in the server whatever their case; null leaves it.',
  })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 1024 characters; null takes it away.' })
  readonly topic?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The position to take, from 0; those on the way make room. Beyond the last is the last.',
  })
  readonly position?: number | null;
}

@InputType({ description: 'A text channel to delete.' })
export class DeleteChannelInput {
  @Field(() => ID, { description: 'The channel.' })
  readonly channelId!: string;
}
