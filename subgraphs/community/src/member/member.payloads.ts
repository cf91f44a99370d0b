import { Field, ID, ObjectType } from 'type-graphql';
import { Member } from './member.ts';

@ObjectType({ description: 'The outcome of `updateMember`.' })
export class UpdateMemberPayload {
  @Field(() => Member, { description: 'The member as they are now.' })
  readonly member!: Member;
}

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
