import type { Transaction } from '@kopru/runtime/database/database.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { Role } from './role.ts';

export type NewRole = Pick<Role, 'serverId' | 'name' | 'color' | 'position' | 'permissionSet'>;

/** Stores a role; its position must be free. */
export async function addRole(tx: Transaction, role: NewRole): Promise<Role> {
  const values = { id: newId(), ...role };
  const insert = tx.manager.createQueryBuilder().insert().into(Role);
  await insert.values(values).updateEntity(false).execute();
  return tx.manager.create(Role, values);
}
