import type { Transaction } from '@kopru/runtime/database/database.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { addChannel } from '../channel/channel.create.ts';
import { checked, nameField, textField, webUrlField } from '../input/fields.ts';
import { addMember } from '../member/member.add.ts';
import { usualPermissions } from '../permission/permission.ts';
import { addRole } from '../role/role.add.ts';
import { defaultPosition } from '../role/role.ts';
import type { CreateServerInput } from './server.inputs.ts';
import { Server } from './server.ts';

const fields = { name: nameField, description: textField(1000), iconUrl: webUrlField };

/** Makes a server of `ownerId`, with its default role and a first channel. @throws VALIDATION_FAILED; CONFLICT where they are in too many */
export async function createServer(tx: Transaction, ownerId: string, input: CreateServerInput): Promise<Server> {
  const { name, description = null, iconUrl = null } = checked(fields, input);
  const createdAt = new Date();
  const values = { id: newId(), name, description, iconUrl, ownerId, createdAt, updatedAt: createdAt };
  const insert = tx.manager.createQueryBuilder().insert().into(Server);
  await insert.values(values).updateEntity(false).execute();
  const serverId = values.id;
  await addRole(tx, {
    serverId,
    name: '@everyone',
    color: null,
    position: defaultPosition,
    permissionSet: usualPermissions,
  });
  await addChannel(tx, { serverId, name: 'general', topic: null, position: 0 });
  await addMember(tx, serverId, ownerId);
  return tx.manager.create(Server, values);
}
