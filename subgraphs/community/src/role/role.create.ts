import type { Transaction } from '@kopru/runtime/database/database.ts';
import { conflict, forbidden } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import { checked, colorField, nameField, permissionsField } from '../input/fields.ts';
import { actorOn } from '../member/actor.ts';
import { shift } from '../page/order.ts';
import { addRole } from './role.add.ts';
import type { CreateRoleInput } from './role.inputs.ts';
import { defaultPosition, lastPosition, Role } from './role.ts';

const fields = { name: nameField, color: colorField, permissions: permissionsField };
/** Each member's rights are read from all of theirs. */
const mostRoles = 500;
const lowest = defaultPosition + 1;

/**
 * Makes a role, the lowest of all but the default one.
 * @throws VALIDATION_FAILED; NOT_FOUND; FORBIDDEN without MANAGE_ROLES, without a role of one's own, or for permissions one lacks;
 * CONFLICT where the server has too many
 */
export async function createRole(tx: Transaction, userId: string, input: CreateRoleInput): Promise<Role> {
  const { name, color = null, permissions: permissionSet = 0 } = checked(fields, input);
  const { serverId } = input;
  const actor = await actorOn(tx, serverId, userId);
  actor.needs('MANAGE_ROLES');
  if (!actor.outranks(defaultPosition)) throw forbidden('A new role would rank above you.', 'Role');
  actor.mayGrant(permissionSet);
  if ((await tx.manager.countBy(Role, { serverId })) >= mostRoles)
    throw conflict(`A server has at most ${mostRoles} roles.`);
  await shift(tx.manager, Role, { serverId, from: lowest, to: lastPosition, by: 1 });
  const role = await addRole(tx, { serverId, name, color, position: lowest, permissionSet });
  tx.emit(events.rolesChanged({ serverId }));
  return role;
}
