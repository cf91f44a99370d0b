import type { RevokedSession } from '@kopru/runtime/auth/revocations.ts';
import type { Transaction } from '@kopru/runtime/database/database.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import { forUpdate } from '../lock.ts';
import type { Granted } from './auth-payload.ts';
import { newToken, RefreshToken, successorOf, tokenHash } from './refresh-token.ts';
import { endSessions } from './session.end.ts';
import { addressOf, refreshTokenLifetime, storeToken } from './session.open.ts';
import { Session } from './session.ts';

export interface Refreshed {
  /** Null where the token was not good. */
  readonly granted: Granted | null;
  /** What was ended for it; for `Tokens.revoke`, after the commit. */
  readonly ended: readonly RevokedSession[];
}
const nothing: Refreshed = { granted: null, ended: [] };

/** For how long the token before the current one may be shown again, by a client that missed the answer; milliseconds. */
export const grace = 10_000;

/** The live session that a refresh token belongs to, good or spent; nobody else changes it until the transaction ends. */
export async function sessionOfToken(tx: Transaction, token: string): Promise<Session | null> {
  const known = await tx.manager.findOneBy(RefreshToken, { hash: tokenHash(token) });
  if (!known) return null;
  const session = await tx.manager.findOne(Session, { where: { id: known.sessionId }, ...forUpdate(tx) });
  return session && !session.revokedAt && session.expiresAt > new Date() ? session : null;
}

/**
 * Exchanges a refresh token for the next one, if it is good. One that was spent before ends the session,
 * which the caller must commit. A retry gets the answer that the first try got, also when they come at once: the
 * session's row is locked, so one rotates and the other finds it rotated.
 */
export async function refreshSession(tx: Transaction, token: string, client: Client): Promise<Refreshed> {
  const session = await sessionOfToken(tx, token);
  if (!session) return nothing;
  if (session.lasting) return { granted: { session: await see(tx, session, client), refreshToken: token }, ended: [] };
  const hash = tokenHash(token);
  if (session.tokenHash === hash) return { granted: await rotate(tx, session, token, client), ended: [] };
  const { parentHash, successorSeed, rotatedAt } = session;
  if (parentHash === hash && successorSeed && rotatedAt && Date.now() - rotatedAt.getTime() <= grace)
    return { granted: { session, refreshToken: successorOf(token, successorSeed) }, ended: [] };
  return { granted: null, ended: await endSessions(tx, [{ id: session.id }], 'REFRESH_TOKEN_REUSED') };
}

/** Notes that the session is used, and from where. */
async function see(tx: Transaction, session: Session, client: Client): Promise<Session> {
  const changes = { lastSeenAt: new Date(), address: addressOf(client) };
  await tx.manager.update(Session, { id: session.id }, changes);
  return Object.assign(session, changes);
}

async function rotate(tx: Transaction, session: Session, token: string, client: Client): Promise<Granted> {
  const now = new Date();
  const successorSeed = newToken();
  const refreshToken = successorOf(token, successorSeed);
  const changes = {
    tokenHash: tokenHash(refreshToken),
    parentHash: session.tokenHash,
    successorSeed,
    rotatedAt: now,
    lastSeenAt: now,
    // An agent's ends at its time.
    expiresAt: session.agent ? session.expiresAt : new Date(now.getTime() + refreshTokenLifetime),
    address: addressOf(client),
  };
  await tx.manager.update(Session, { id: session.id }, changes);
  await storeToken(tx, { ...changes, id: session.id });
  return { session: Object.assign(session, changes), refreshToken };
}
