import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A server to leave.' })
export class LeaveServerInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;
}

@InputType({ description: 'What to change of a membership; what is left out stays.' })
export class UpdateMemberInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { nullable: true, description: 'The member; the viewer where absent.' })
  readonly userId?: string | null;

  @Field(() => String, { nullable: true, description: '1 to 100 characters; null takes it away.' })
  readonly nickname?: string | null;
}

@InputType({ description: 'A member to remove from a server.' })
export class KickMemberInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { description: 'The member.' })
  readonly userId!: string;
}
