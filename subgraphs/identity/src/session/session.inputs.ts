import { Field, ID, InputType, ObjectType } from 'type-graphql';

/** What `lastingRefreshToken` says of itself wherever somebody signs in. */
export const lastingDescription =
  'Whether the refresh token stays the same, for older clients, which keep the first one. It then lasts one day from now.';

@InputType({ description: 'A refresh token to be exchanged.' })
export class RefreshSessionInput {
  @Field(() => String, { description: 'The newest refresh token of the session.' })
  refreshToken!: string;
}

@InputType({ description: 'Which sessions to end.' })
export class LogoutInput {
  @Field(() => Boolean, { description: 'Whether every session of the user ends, or this one alone.' })
  everywhere = false;

  @Field(() => String, {
    nullable: true,
    description: 'A refresh token whose session ends too; with it, no access token is needed.',
  })
  refreshToken?: string | null;
}

@ObjectType({ description: 'The outcome of `logout`.' })
export class LogoutPayload {
  @Field(() => [ID], { description: 'The sessions that ended; those that had ended before are not among them.' })
  revokedSessionIds!: string[];
}

@InputType({ description: 'A session to be ended.' })
export class RevokeSessionInput {
  @Field(() => ID, { description: "One of the viewer's own sessions." })
  sessionId!: string;
}

@ObjectType({ description: 'The outcome of `revokeSession`.' })
export class RevokeSessionPayload {
  @Field(() => ID, { description: 'The session that has ended.' })
  sessionId!: string;
}
