import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The outcome of `requestAgentCode`.' })
export class RequestAgentCodePayload {
  @Field(() => Boolean, { description: 'Whether the agents were sent the code.' })
  delivered!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The code, six digits, where this is no production and there was no way to send it; else null.',
  })
  code!: string | null;

  @Field(() => Date, { description: 'Until when it is good: for five minutes.' })
  expiresAt!: Date;
}

@InputType({ description: 'A one-time code.' })
export class VerifyAgentCodeInput {
  @Field(() => String, { description: 'The six digits that were sent last.' })
  code!: string;
}

@ObjectType({ description: "An access token for an agent's session, for services." })
@Directive('@inaccessible')
export class SessionAccess {
  @Field(() => String, { description: 'The access token.' })
  token!: string;

  @Field(() => Date, { description: 'When it runs out; 30 minutes from now, or when the session ends.' })
  expiresAt!: Date;

  @Field(() => ID, { description: 'Whose session it is.' })
  userId!: string;
}
