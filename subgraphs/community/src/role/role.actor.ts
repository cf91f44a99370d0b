import type { Transaction } from '@kopru/runtime/database/database.ts';
import { forbidden, notFound } from '@kopru/runtime/errors.ts';
import { type Actor, actorOn } from '../member/actor.ts';
import { Role } from './role.ts';

/** Locks the server of a role for a member who may manage it. @throws NOT_FOUND; FORBIDDEN; both of Role */
export async function roleActor(
  tx: Transaction,
  userId: string,
  roleId: string,
): Promise<{ actor: Actor; role: Role }> {
  const found = await tx.manager.findOneBy(Role, { id: roleId });
  if (!found) throw notFound('Role');
  const actor = await actorOn(tx, found.serverId, userId, 'Role');
  return { actor, role: await manageableRole(actor, roleId) };
}

/** The role as it is now that its server is locked. @throws NOT_FOUND; FORBIDDEN where it does not rank below the actor */
export async function manageableRole(actor: Actor, roleId: string): Promise<Role> {
  actor.needs('MANAGE_ROLES', 'Role');
  const role = await actor.tx.manager.findOneBy(Role, { id: roleId, serverId: actor.server.id });
  if (!role) throw notFound('Role');
  if (!actor.outranks(role.position)) throw forbidden('The role does not rank below your own highest.', 'Role');
  return role;
}
