import { Field, ObjectType } from 'type-graphql';
import { Channel } from '../channel/channel.ts';

@ObjectType({ description: 'The outcome of `openDirectChannel`.' })
export class OpenDirectChannelPayload {
  @Field(() => Channel, { description: 'The channel of the two; always the same one.' })
  readonly channel!: Channel;

  @Field(() => Boolean, { description: 'Whether there was none before.' })
  readonly created!: boolean;
}
