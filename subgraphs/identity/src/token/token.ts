import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export const TokenRejection = { INVALID: 'INVALID', EXPIRED: 'EXPIRED', REVOKED: 'REVOKED' } as const;
export type TokenRejection = keyof typeof TokenRejection;

registerEnumType(TokenRejection, {
  name: 'TokenRejection',
  description: 'Why a token is not accepted.',
  valuesConfig: {
    INVALID: { description: 'It is no token of this installation, or a refresh token that is spent.' },
    EXPIRED: { description: 'It was good once; a refresh gives a new access token.' },
    REVOKED: { description: 'Its session has ended.' },
  },
});

@ObjectType({ description: 'Whether a token is accepted, and whose it is.' })
export class TokenVerification {
  @Field(() => Boolean, {
    description: 'Whether requests with this token are accepted, or it gives tokens with which they are.',
  })
  valid!: boolean;

  @Field(() => TokenRejection, { nullable: true, description: 'Why not; null for a valid one.' })
  reason?: TokenRejection;

  @Field(() => ID, { nullable: true, description: 'Whose it is; null unless it is valid.' })
  userId?: string;

  @Field(() => ID, { nullable: true, description: 'The session it belongs to; null unless it is valid.' })
  sessionId?: string;

  @Field(() => Date, { nullable: true, description: 'When it runs out; null unless it is valid.' })
  expiresAt?: Date;
}
