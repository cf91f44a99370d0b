import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The outcome of `leaveServer`.' })
export class LeaveServerPayload {
  @Field(() => ID, { description: 'The server that the viewer is no member of any more.' })
  readonly serverId!: string;
}

@ObjectType({ description: 'The outcome of `kickMember`.' })
export class KickMemberPayload {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { description: 'Who is no member of it any more.' })
  readonly userId!: string;
}
