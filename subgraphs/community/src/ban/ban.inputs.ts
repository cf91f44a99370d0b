import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'Somebody to ban from a server.' })
export class BanMemberInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { description: 'The person, member or not.' })
  readonly userId!: string;

  @Field(() => String, { nullable: true, description: 'Why, at most 1000 characters.' })
  readonly reason?: string | null;
}

@InputType({ description: 'A ban to lift.' })
export class UnbanMemberInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { description: 'The person.' })
  readonly userId!: string;
}
