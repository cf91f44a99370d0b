import type { SessionEndReason as Reason } from '@kopru/schema/events.ts';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export type SessionEndReason = Reason;
const SessionEndReason = {
  LOGOUT: 'LOGOUT',
  REVOKED: 'REVOKED',
  REFRESH_TOKEN_REUSED: 'REFRESH_TOKEN_REUSED',
  PASSWORD_CHANGED: 'PASSWORD_CHANGED',
  ACCOUNT_DEACTIVATED: 'ACCOUNT_DEACTIVATED',
} as const satisfies { [R in Reason]: R };

registerEnumType(SessionEndReason, {
  name: 'SessionEndReason',
  description: 'Why a session ended before its time.',
  valuesConfig: {
    LOGOUT: { description: 'The user signed out, here or everywhere.' },
    REVOKED: {
      description: 'The user ended it, from this session or another; or the operator, for an agent who is one no more.',
    },
    REFRESH_TOKEN_REUSED: { description: 'A spent refresh token was shown again, so somebody may have stolen it.' },
    PASSWORD_CHANGED: { description: 'The password was changed in another session.' },
    ACCOUNT_DEACTIVATED: { description: 'The account was closed.' },
  },
});

@ObjectType({ description: 'A session of the viewer that has ended; its tokens are void.' })
export class SessionRevoked {
  @Field(() => ID, { description: 'The session.' })
  sessionId!: string;

  @Field(() => SessionEndReason, { description: 'Why it ended.' })
  reason!: SessionEndReason;

  @Field(() => Date, { description: 'When it ended.' })
  revokedAt!: Date | string;
}

@ObjectType({ description: 'An ended session of anybody, for services.' })
@Directive('@inaccessible')
export class RevokedSession {
  @Field(() => ID, { description: 'The session.' })
  sessionId!: string;

  @Field(() => ID, { description: 'Whose it was.' })
  userId!: string;

  @Field(() => Date, { description: 'When it ended.' })
  revokedAt!: Date;
}
