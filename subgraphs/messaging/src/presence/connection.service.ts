import type { Context } from '@kopru/runtime/context.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import { conflict, notFound, unauthenticated, validationFailed } from '@kopru/runtime/errors.ts';
import { connectionSeconds } from '@kopru/schema/limits.ts';
import { In } from 'typeorm';
import { Connection } from './connection.ts';
import { changePresence, type PresenceDependencies } from './presence.change.ts';
import type { Presence } from './presence.ts';

const mostAtOnce = 1_000;

/** The live connections of users, each leased for a minute by the front that has it. */
export class Connections {
  readonly #parts: PresenceDependencies;

  constructor(parts: PresenceDependencies) {
    this.#parts = parts;
  }

  /** @throws VALIDATION_FAILED; CONFLICT where somebody else has the id */
  async open(id: string, context: Context): Promise<{ presence: Presence; expiresAt: Date }> {
    const { userId } = context.viewer;
    if (!/^[\w.:-]{1,64}$/.test(id))
      throw validationFailed({ connectionId: ['1 to 64 letters, digits and any of . : _ -'] });
    const expiresAt = this.#leaseEnd();
    const presence = await changePresence(this.#parts, userId, async (tx) => {
      const known = await lockedRow(tx, Connection, { id });
      if (known && known.userId !== userId) throw conflict('Somebody else has this connection.', 'Connection');
      if (known) await tx.manager.update(Connection, { id }, { expiresAt });
      else await tx.manager.insert(Connection, { id, userId, expiresAt });
    });
    return { presence, expiresAt };
  }

  /** Those of the ids that are known, and the viewer's own unless a service asks. @throws VALIDATION_FAILED */
  async renew(ids: readonly string[], context: Context): Promise<string[]> {
    const owner = ownerFor(context);
    if (ids.length > mostAtOnce) throw validationFailed({ connectionIds: [`At most ${mostAtOnce}.`] });
    if (ids.length === 0) return [];
    return this.#parts.database.write(async ({ manager, dialect }) => {
      const found = await manager.find(Connection, {
        where: { id: In([...ids]), ...(owner && { userId: owner }) },
        ...(dialect === 'mysql' && { lock: { mode: 'pessimistic_write' as const } }),
      });
      const renewed = found.map(({ id }) => id);
      if (renewed.length > 0) await manager.update(Connection, { id: In(renewed) }, { expiresAt: this.#leaseEnd() });
      return renewed;
    });
  }

  /** Closing one that is gone changes nothing. @throws NOT_FOUND for a service that closes what is not there */
  async close(id: string, context: Context): Promise<Presence> {
    const userId = ownerFor(context) ?? (await this.#ownerOf(id));
    return changePresence(this.#parts, userId, async ({ manager }) => {
      await manager.delete(Connection, { id, userId });
    });
  }

  async #ownerOf(id: string): Promise<string> {
    const connection = await this.#parts.database.reader.findOneBy(Connection, { id });
    if (!connection) throw notFound('Connection');
    return connection.userId;
  }

  #leaseEnd(): Date {
    return new Date(this.#parts.now() + connectionSeconds * 1_000);
  }
}

/** Whose connections the caller may touch; null for a service, which may touch anybody's. */
function ownerFor(context: Context): string | null {
  const viewer = context.viewerOrNull;
  if (!viewer && !context.service) throw unauthenticated();
  return viewer?.userId ?? null;
}
