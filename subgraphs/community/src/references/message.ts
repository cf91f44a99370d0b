import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Channel } from '../channel/channel.ts';
import { User } from './user.ts';

/** A message, as far as this subgraph needs it to find its author's membership: messaging says where it is and whose. */
@ObjectType({ description: 'What somebody wrote in a channel. Only those who may read the channel see it.' })
@Directive('@key(fields: "id")')
export class Message {
  @Field(() => ID, { description: 'A UUIDv7; within a channel, ids ascend in the order of the messages.' })
  readonly id!: string;

  @Field(() => Channel, { description: 'Where it was sent.' })
  @Directive('@external')
  readonly channel!: Channel;

  @Field(() => User, { description: 'Who sent it.' })
  @Directive('@external')
  readonly author!: User;
}

/** What messaging says of a message whose author's membership is asked for. */
export interface MessageReference {
  readonly id: string;
  readonly channel?: { readonly id: string };
  readonly author?: { readonly id: string };
}
