import type { Transaction } from '@kopru/runtime/database/database.ts';
import { conflict, forbidden } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import { checked, colorField, countField, given, newNameField, permissionsField } from '../input/fields.ts';
import type { Actor } from '../member/actor.ts';
import { moveTo, shift } from '../page/order.ts';
import { roleActor } from './role.actor.ts';
import type { UpdateRoleInput } from './role.inputs.ts';
import { defaultPosition, lastPosition, Role } from './role.ts';

const fields = {
  name: newNameField,
  color: colorField,
  permissions: permissionsField,
  position: countField(defaultPosition + 1, lastPosition),
};

/**
 * Changes a role.
 * @throws VALIDATION_FAILED; NOT_FOUND; FORBIDDEN; CONFLICT for name or position of the default role
 */
export async function updateRole(tx: Transaction, userId: string, input: UpdateRoleInput): Promise<Role> {
  const { permissions: permissionSet, position, ...rest } = checked(fields, input);
  const { actor, role } = await roleActor(tx, userId, input.roleId);
  if (role.isDefault && (rest.name !== undefined || position !== undefined))
    throw conflict('The default role is neither renamed nor moved.', 'Role');
  actor.mayGrant((permissionSet ?? 0) & ~role.permissionSet);
  const changes = given({ ...rest, permissionSet });
  const different = Object.entries(changes).some(([field, value]) => role[field as keyof typeof changes] !== value);
  if (different) await tx.manager.update(Role, { id: role.id }, changes);
  const place = position === undefined ? role.position : await move(actor, role, position);
  const { serverId } = role;
  if (different || place !== role.position) tx.emit(events.rolesChanged({ serverId }));
  if (permissionSet !== undefined && permissionSet !== role.permissionSet)
    tx.emit(events.accessToServerChanged({ serverId }));
  return tx.manager.create(Role, { ...role, ...changes, position: place });
}

/** Deletes a role and takes it from whoever has it. @throws NOT_FOUND; FORBIDDEN; CONFLICT for the default role */
export async function deleteRole(tx: Transaction, userId: string, roleId: string): Promise<void> {
  const { role } = await roleActor(tx, userId, roleId);
  if (role.isDefault) throw conflict('The default role is not deleted.', 'Role');
  const { serverId, position } = role;
  await tx.manager.delete(Role, { id: roleId });
  await shift(tx.manager, Role, { serverId, from: position + 1, to: lastPosition, by: -1 });
  tx.emit(events.rolesChanged({ serverId }));
  tx.emit(events.accessToServerChanged({ serverId }));
}

/** Moves a role to `position` or the last place before it. Returns where it is now. */
async function move(actor: Actor, role: Role, position: number): Promise<number> {
  const { manager } = actor.tx;
  const last = (await manager.countBy(Role, { serverId: role.serverId })) - 1;
  const place = Math.min(position, last);
  if (!actor.outranks(place)) throw forbidden('The role would no longer rank below your own highest.', 'Role');
  await moveTo(manager, Role, role, place);
  return place;
}
