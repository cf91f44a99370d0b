import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Members of a server who may read the same channels of it.' })
export class ServerReaders {
  @Field(() => [ID], { description: 'The members.' })
  readonly userIds!: readonly string[];

  @Field(() => [ID], { description: 'The text channels that all of them may read.' })
  readonly channelIds!: readonly string[];
}
