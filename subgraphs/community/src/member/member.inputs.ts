import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A server to leave.' })
export class LeaveServerInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;
}

@InputType({ description: 'A member to remove from a server.' })
export class KickMemberInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { description: 'The member.' })
  readonly userId!: string;
}
