import type { Transaction } from '@kopru/runtime/database/database.ts';
import { forbidden, notFound } from '@kopru/runtime/errors.ts';
import { allows, type PermissionName } from '../permission/permission.ts';
import { lockServer } from '../server/server.lock.ts';
import type { Server } from '../server/server.ts';
import { memberKey } from './member.ts';
import { type Standing, standings } from './standing.ts';

/** A member who acts on a server that is locked, so that what is decided here still holds when it is done. */
export class Actor {
  readonly tx: Transaction;
  readonly server: Server;
  readonly standing: Standing;

  constructor(tx: Transaction, server: Server, standing: Standing) {
    this.tx = tx;
    this.server = server;
    this.standing = standing;
  }

  /** @throws FORBIDDEN of `resource` */
  needs(name: PermissionName, resource = 'Server'): void {
    if (!allows(this.standing.permissions, name)) throw forbidden(`This takes the permission ${name}.`, resource);
  }

  /** @throws FORBIDDEN */
  needsToOwn(): void {
    if (!this.standing.isOwner) throw forbidden('Only the owner of the server may do this.', 'Server');
  }

  /** Whether a role at `position` is below the actor's own highest. */
  outranks(position: number): boolean {
    return this.standing.isOwner || this.standing.highest > position;
  }

  /** @throws FORBIDDEN for the owner, and for whoever ranks as high as the actor or higher, which the actor does too. */
  needsToOutrank(other: Standing): void {
    if (other.isOwner) throw forbidden('Nobody may do this to the owner of the server.', 'Member');
    if (!this.outranks(other.highest)) throw forbidden('The member does not rank below you.', 'Member');
  }

  /** @throws FORBIDDEN where `permissions` has any that the actor lacks. */
  mayGrant(permissions: number): void {
    if ((permissions & ~this.standing.permissions) !== 0)
      throw forbidden('Nobody may give permissions that they do not have.', 'Role');
  }

  /** The standing of a member. @throws NOT_FOUND */
  async member(userId: string): Promise<Standing> {
    const standing = await this.memberOrNull(userId);
    if (!standing) throw notFound('Member');
    return standing;
  }

  async memberOrNull(userId: string): Promise<Standing | null> {
    const [standing] = await standings(this.tx.manager, [memberKey(this.server.id, userId)]);
    return standing ?? null;
  }
}

/** Locks the server for its member. @throws NOT_FOUND; FORBIDDEN for others; both of `resource` */
export async function actorOn(tx: Transaction, serverId: string, userId: string, resource = 'Server'): Promise<Actor> {
  const server = await lockServer(tx, serverId, resource);
  const [standing] = await standings(tx.manager, [memberKey(serverId, userId)]);
  if (!standing) throw forbidden('Only members of the server may do this.', resource);
  return new Actor(tx, server, standing);
}
