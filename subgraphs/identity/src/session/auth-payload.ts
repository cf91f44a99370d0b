import { accessTokenLifetime, type Tokens } from '@kopru/runtime/auth/tokens.ts';
import { Field, Int, ObjectType } from 'type-graphql';
import type { User } from '../user/user.ts';
import { Session } from './session.ts';

@ObjectType({ description: 'What a client signs its requests with from here on, and for whom.' })
export class AuthPayload {
  /** Resolved by `AuthPayloadResolver`, which tells the router who it is. */
  user!: User;

  @Field(() => Session, { description: 'The session that the tokens belong to.' })
  session!: Session;

  @Field(() => String, { description: 'Goes into `Authorization: Bearer`; lasts for `expiresIn`.' })
  accessToken!: string;

  @Field(() => String, {
    description:
      'Gives the next pair of tokens, once, within 30 days; one that lasts gives access tokens for a day. Opaque; keep it where nobody else reads it.',
  })
  refreshToken!: string;

  @Field(() => Int, { description: 'For how long the access token lasts, in seconds.' })
  expiresIn!: number;
}

/** A session with the one copy of its refresh token. */
export interface Granted {
  readonly session: Session;
  readonly refreshToken: string;
}

/** What to answer a sign-in or refresh, once it is committed. */
export async function authPayload(
  tokens: Tokens,
  user: User,
  { session, refreshToken }: Granted,
): Promise<AuthPayload> {
  const { token, expiresIn } = await accessTo(tokens, session);
  return {
    user: Object.assign(user, { signedInto: session.id }),
    session: Object.assign(session, { current: true }),
    accessToken: token,
    refreshToken,
    expiresIn,
  };
}

/** An access token of a session that lives. It does not outlast it. */
export async function accessTo(
  tokens: Tokens,
  { id, userId, agent, expiresAt: endsAt }: Session,
): Promise<{ token: string; expiresAt: number; expiresIn: number }> {
  const left = Math.ceil((endsAt.getTime() - Date.now()) / 1000);
  const lifetime = Math.min(accessTokenLifetime, left);
  const { token, expiresAt } = await tokens.signAccess(userId, id, { agent, lifetime });
  return { token, expiresAt, expiresIn: lifetime };
}
