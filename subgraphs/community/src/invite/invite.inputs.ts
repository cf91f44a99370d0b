import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'An invite to make.' })
export class CreateInviteInput {
  @Field(() => ID, { description: 'The server it is to lead to.' })
  readonly serverId!: string;

  @Field(() => Int, { nullable: true, description: 'How many people may join by it, from 1; any number where absent.' })
  readonly maxUses?: number | null;

  @Field(() => Int, { nullable: true, description: 'Seconds until it is void, from 1; never where absent.' })
  readonly expiresInSeconds?: number | null;
}

@InputType({ description: 'An invite to delete.' })
export class RevokeInviteInput {
  @Field(() => ID, { description: 'Its code.' })
  readonly code!: string;
}

@InputType({ description: 'An invite to join by.' })
export class JoinServerInput {
  @Field(() => ID, { description: 'Its code.' })
  readonly code!: string;
}
