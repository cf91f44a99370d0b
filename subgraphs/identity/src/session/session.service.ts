import { accessTokenLifetime, type Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { notFound, unauthenticated } from '@kopru/runtime/errors.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import { IsNull, MoreThan, Not } from 'typeorm';
import type { SessionAccess } from '../agent/agent.inputs.ts';
import { User } from '../user/user.ts';
import { type AuthPayload, accessTo, authPayload } from './auth-payload.ts';
import { isToken, RefreshToken, tokenHash } from './refresh-token.ts';
import { endSessions, isLive } from './session.end.ts';
import type { RevokedSession } from './session.events.ts';
import type { LogoutInput } from './session.inputs.ts';
import { refreshSession, sessionOfToken } from './session.refresh.ts';
import { Session } from './session.ts';

/** How far back ended sessions are told: an access token's life, and a minute for clocks that differ; milliseconds. */
const remembered = (accessTokenLifetime + 60) * 1000;
/** How many sessions of one user are listed. */
const mostListed = 100;

export class SessionService {
  readonly #database: Database;
  readonly #tokens: Tokens;

  constructor(database: Database, tokens: Tokens) {
    this.#database = database;
    this.#tokens = tokens;
  }

  /** @throws UNAUTHENTICATED for a token that is not good. */
  async refresh(refreshToken: string, client: Client): Promise<AuthPayload> {
    const { user, granted, ended } = await this.#database.write(async (tx) => {
      const refreshed = await refreshSession(tx, refreshToken, client);
      const userId = refreshed.granted?.session.userId;
      return { ...refreshed, user: userId === undefined ? null : await tx.manager.findOneBy(User, { id: userId }) };
    });
    this.#tokens.revoke(ended);
    if (!user || !granted) throw unauthenticated('The refresh token is not valid. Sign in again.');
    return authPayload(this.#tokens, user, granted);
  }

  /** Ends the viewer's session and that of the refresh token, as far as there are any; or all of theirs. Gives the ids. */
  async logout({ everywhere, refreshToken }: LogoutInput, context: Context): Promise<string[]> {
    const viewer = refreshToken == null ? context.viewer : context.viewerOrNull;
    const ended = await this.#database.write(async (tx) => {
      const session = refreshToken == null ? null : await sessionOfToken(tx, refreshToken);
      const own = [
        ...(viewer ? [{ id: viewer.sessionId, userId: viewer.userId }] : []),
        ...(session ? [{ id: session.id, userId: session.userId }] : []),
      ];
      if (own.length === 0) throw unauthenticated();
      return endSessions(tx, everywhere ? own.map(({ userId }) => ({ userId })) : own, 'LOGOUT');
    });
    this.#tokens.revoke(ended);
    return ended.map(({ sessionId }) => sessionId);
  }

  /** Ends one session of the viewer; one that has ended already stays so. @throws NOT_FOUND where they have none such. */
  async revoke(sessionId: string, context: Context): Promise<void> {
    const { userId } = context.viewer;
    const ended = await this.#database.write(async (tx) => {
      const own = { id: sessionId, userId };
      if (!(await tx.manager.existsBy(Session, own))) throw notFound('Session');
      return endSessions(tx, [own], 'REVOKED');
    });
    this.#tokens.revoke(ended);
  }

  /** The live sessions of a user, newest first. */
  async liveOf(userId: string, currentId: string | undefined): Promise<Session[]> {
    const sessions = await this.#database.reader.find(Session, {
      where: { userId, ...isLive() },
      order: { id: 'DESC' },
      take: mostListed,
    });
    return sessions.map((session) => Object.assign(session, { current: session.id === currentId }));
  }

  /** An access token for an agent's session that lives; null for any other. From the writer: it may have begun just now. */
  async agentAccess(id: string): Promise<SessionAccess | null> {
    const session = await this.#database.write(({ manager }) =>
      manager.findOneBy(Session, { id, agent: true, ...isLive() }),
    );
    if (!session) return null;
    const { token, expiresAt } = await accessTo(this.#tokens, session);
    return { token, expiresAt: new Date(expiresAt * 1000), userId: session.userId };
  }

  /** Whether a session was ended; one that is not known was not. */
  hasEnded(sessionId: string): Promise<boolean> {
    return this.#database.reader.existsBy(Session, { id: sessionId, revokedAt: Not(IsNull()) });
  }

  /** The session of a refresh token that was handed out, whether it lives or not; null for one that is unknown or spent. */
  async ofRefreshToken(token: string): Promise<Session | null> {
    if (!isToken(token)) return null;
    const { reader } = this.#database;
    const hash = tokenHash(token);
    const known = await reader.findOneBy(RefreshToken, { hash });
    return known && reader.findOneBy(Session, { id: known.sessionId, tokenHash: hash });
  }

  /** Every session that ended while access tokens of it may be about. From the writer: a replica may miss the newest. */
  revokedLately(): Promise<RevokedSession[]> {
    return this.#database.write(async ({ manager }) => {
      const sessions = await manager.find(Session, {
        select: { id: true, userId: true, revokedAt: true },
        where: { revokedAt: MoreThan(new Date(Date.now() - remembered)) },
      });
      return sessions.map(({ id, userId, revokedAt }) => ({ sessionId: id, userId, revokedAt: revokedAt as Date }));
    });
  }
}
