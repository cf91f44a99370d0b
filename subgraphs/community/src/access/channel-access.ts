import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';

@InputType({ description: 'Asks what one person may do in one channel.' })
@Directive('@inaccessible')
export class ChannelAccessInput {
  @Field(() => ID, { description: 'The channel.' })
  readonly channelId!: string;

  @Field(() => ID, { description: 'The person.' })
  readonly userId!: string;
}

@ObjectType({ description: 'What one person may do in one channel.' })
@Directive('@inaccessible')
export class ChannelAccess {
  @Field(() => ID, { description: 'The channel.' })
  readonly channelId!: string;

  @Field(() => ID, { nullable: true, description: 'Its server; null for a direct channel.' })
  readonly serverId!: string | null;

  @Field(() => ID, { description: 'The person.' })
  readonly userId!: string;

  @Field(() => Boolean, { description: 'Whether the person may read the channel and its messages.' })
  readonly canRead!: boolean;

  @Field(() => Boolean, { description: 'Whether the person may write messages.' })
  readonly canSend!: boolean;

  @Field(() => Boolean, { description: 'Whether the person may delete what others wrote.' })
  readonly canManageMessages!: boolean;

  @Field(() => [ID], { description: 'Both people of a direct channel, else empty.' })
  readonly recipientIds!: readonly string[];
}

@ObjectType({ description: 'All that one person may read.' })
@Directive('@inaccessible')
export class ViewerScope {
  @Field(() => [ID], { description: 'The servers the person is a member of, in the order of joining.' })
  readonly serverIds!: readonly string[];

  @Field(() => [ID], { description: 'The channels of those servers that the person may read, and direct channels.' })
  readonly channelIds!: readonly string[];
}
