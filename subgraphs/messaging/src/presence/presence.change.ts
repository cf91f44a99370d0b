import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { withLockedRow } from '@kopru/runtime/database/locked-row.ts';
import { events } from '@kopru/schema/events.ts';
import { MoreThan } from 'typeorm';
import type { Access } from '../access/access.ts';
import { Connection } from './connection.ts';
import { Presence } from './presence.ts';

export interface PresenceDependencies {
  readonly database: Database;
  readonly access: Access;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Changes what a user chose or which connections they have, and announces it where others see a difference.
 * The event is stored with the change, so whatever ends in between, the two agree. @throws UNAVAILABLE
 */
export async function changePresence(
  { database, access, now }: PresenceDependencies,
  userId: string,
  change: (tx: Transaction, presence: Presence) => Promise<void>,
): Promise<Presence> {
  // Asked before the transaction: nobody should wait for a lock while this waits for another service.
  const { serverIds } = await access.scope(userId);
  return withLockedRow(database, Presence, { userId }, async (tx, presence) => {
    const { status, customStatus } = presence;
    await change(tx, presence);
    const connected = await tx.manager.existsBy(Connection, { userId, expiresAt: MoreThan(new Date(now())) });
    const shown = connected && presence.chosenStatus !== 'OFFLINE';
    presence.status = shown ? presence.chosenStatus : 'OFFLINE';
    presence.customStatus = shown ? presence.chosenCustomStatus : null;
    await tx.manager.update(Presence, { userId }, presence);
    if (presence.status !== status || presence.customStatus !== customStatus)
      tx.emit(
        events.presenceChanged({ userId, status: presence.status, customStatus: presence.customStatus, serverIds }),
      );
    return presence;
  });
}
