import type { Transaction } from '@kopru/runtime/database/database.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Client } from '@kopru/runtime/subgraph/client.ts';
import type { Granted } from './auth-payload.ts';
import { deviceName } from './device.ts';
import { newToken, RefreshToken, tokenHash } from './refresh-token.ts';
import { Session } from './session.ts';

/** How long a refresh token lasts, and with it a session that nobody uses, in milliseconds. */
export const refreshTokenLifetime = 30 * 24 * 60 * 60 * 1000;

/** What kind of session begins. */
export interface SessionTerms {
  /** Whether it is a support agent's. */
  readonly agent: boolean;
  /** In milliseconds; an ordinary session has as long again with each refresh. */
  readonly lifetime: number;
  /** Whether its refresh token stays the same, for clients that keep the first one. */
  readonly lasting: boolean;
}
export const ordinaryTerms: SessionTerms = { agent: false, lifetime: refreshTokenLifetime, lasting: false };

/** How long a refresh token lasts that is not exchanged, in milliseconds. */
const lastingLifetime = 24 * 60 * 60 * 1000;
/** The same terms, with a refresh token that stays the same. */
export const withLastingToken = (terms: SessionTerms): SessionTerms => ({
  ...terms,
  lasting: true,
  lifetime: Math.min(terms.lifetime, lastingLifetime),
});

export const addressOf = ({ address }: Client): string => address.slice(0, 64);

/** Begins a session of a user who has shown who they are. */
export async function openSession(
  tx: Transaction,
  userId: string,
  client: Client,
  { agent, lifetime, lasting }: SessionTerms,
): Promise<Granted> {
  const now = new Date();
  const refreshToken = newToken();
  const session = Object.assign(new Session(), {
    id: newId(),
    userId,
    device: deviceName(client.userAgent),
    address: addressOf(client),
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + lifetime),
    agent,
    lasting,
    tokenHash: tokenHash(refreshToken),
  });
  await tx.manager.insert(Session, session);
  await storeToken(tx, session);
  return { session, refreshToken };
}

/** Remembers the session's newest token, so that it is known for one of its family even when it is spent. */
export async function storeToken(
  { manager }: Transaction,
  { id, tokenHash, expiresAt }: Pick<Session, 'id' | 'tokenHash' | 'expiresAt'>,
): Promise<void> {
  await manager.insert(RefreshToken, { hash: tokenHash, sessionId: id, expiresAt });
}
