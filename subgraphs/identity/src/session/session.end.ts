import type { RevokedSession } from '@kopru/runtime/auth/revocations.ts';
import type { Transaction } from '@kopru/runtime/database/database.ts';
import { events, type SessionEndReason } from '@kopru/schema/events.ts';
import { type FindOptionsWhere, In, IsNull, MoreThan } from 'typeorm';
import { forUpdate } from '../lock.ts';
import { Session } from './session.ts';

/** The condition on a session that has neither ended nor run out. */
export const isLive = (now = new Date()) => ({ revokedAt: IsNull(), expiresAt: MoreThan(now) });

/** Ends the sessions that match any of `which` and are live, and says so to everybody. Gives them, for `Tokens.revoke` after the commit. */
export async function endSessions(
  tx: Transaction,
  which: readonly FindOptionsWhere<Session>[],
  reason: SessionEndReason,
): Promise<RevokedSession[]> {
  const revokedAt = new Date();
  const sessions = await tx.manager.find(Session, {
    select: { id: true, userId: true },
    where: which.map((where) => ({ ...where, ...isLive(revokedAt) })),
    ...forUpdate(tx),
  });
  if (sessions.length === 0) return [];
  const ids = sessions.map(({ id }) => id);
  await tx.manager.update(Session, { id: In(ids) }, { revokedAt, endReason: reason });
  const ended = sessions.map(({ id, userId }) => ({ sessionId: id, userId, revokedAt: revokedAt.toISOString() }));
  for (const session of ended) tx.emit(events.sessionRevoked({ ...session, reason }));
  return ended;
}
