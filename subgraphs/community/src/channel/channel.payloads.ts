import { Field, ID, ObjectType } from 'type-graphql';
import { Channel } from './channel.ts';

@ObjectType({ description: 'The outcome of `createChannel`.' })
export class CreateChannelPayload {
  @Field(() => Channel, { description: 'The new channel.' })
  readonly channel!: Channel;
}

@ObjectType({ description: 'The outcome of `updateChannel`.' })
export class UpdateChannelPayload {
  @Field(() => Channel, { description: 'The channel as it is now.' })
  readonly channel!: Channel;
}

@ObjectType({ description: 'The outcome of `deleteChannel`.' })
export class DeleteChannelPayload {
  @Field(() => ID, { description: 'The channel that is gone.' })
  readonly channelId!: string;

  @Field(() => ID, { description: 'The server it was in.' })
  readonly serverId!: string;
}
