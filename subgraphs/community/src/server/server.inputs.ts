import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'A server to make.' })
export class CreateServerInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'What it is about, at most 1000 characters.' })
  readonly description?: string | null;

  @Field(() => String, { nullable: true, description: 'An http or https URL of at most 2048 characters.' })
  readonly iconUrl?: string | null;
}

@InputType({ description: 'What to change of a server; what is left out stays.' })
export class UpdateServerInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => String, { nullable: true, description: '1 to 100 characters; null leaves it.' })
  readonly name?: string | null;

  @Field(() => String, { nullable: true, description: 'At most 1000 characters; null takes it away.' })
  readonly description?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'An http or https URL of at most 2048 characters; null takes it away.',
  })
  readonly iconUrl?: string | null;
}

@InputType({ description: 'A server to delete.' })
export class DeleteServerInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;
}

@InputType({ description: 'Who is to own a server.' })
export class TransferOwnershipInput {
  @Field(() => ID, { description: 'The server.' })
  readonly serverId!: string;

  @Field(() => ID, { description: 'The new owner, who must be a member.' })
  readonly userId!: string;
}
