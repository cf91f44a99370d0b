import type { Transaction } from '@kopru/runtime/database/database.ts';
import { events } from '@kopru/schema/events.ts';
import { Channel } from '../channel/channel.ts';
import { checked, given, newNameField, textField, webUrlField } from '../input/fields.ts';
import { type Actor, actorOn } from '../member/actor.ts';
import type { TransferOwnershipInput, UpdateServerInput } from './server.inputs.ts';
import { Server } from './server.ts';

const fields = { name: newNameField, description: textField(1000), iconUrl: webUrlField };

/** @throws VALIDATION_FAILED; NOT_FOUND; FORBIDDEN without MANAGE_SERVER */
export async function updateServer(tx: Transaction, userId: string, input: UpdateServerInput): Promise<Server> {
  const changes = given(checked(fields, input));
  const actor = await actorOn(tx, input.serverId, userId);
  actor.needs('MANAGE_SERVER');
  return change(actor, changes);
}

/** Gives the server to another member. @throws NOT_FOUND of Server or Member; FORBIDDEN to all but the owner */
export async function transferOwnership(
  tx: Transaction,
  userId: string,
  input: TransferOwnershipInput,
): Promise<Server> {
  const actor = await actorOn(tx, input.serverId, userId);
  actor.needsToOwn();
  const heir = await actor.member(input.userId);
  if (heir.isOwner) return actor.server;
  const server = await change(actor, { ownerId: heir.userId });
  tx.emit(events.accessOfUsersChanged({ userIds: [userId, heir.userId], serverId: server.id }));
  return server;
}

/** Deletes the server with all that belongs to it. @throws NOT_FOUND; FORBIDDEN to all but the owner */
export async function deleteServer(tx: Transaction, userId: string, serverId: string): Promise<void> {
  const actor = await actorOn(tx, serverId, userId);
  actor.needsToOwn();
  const channels = await tx.manager.find(Channel, { where: { serverId }, select: { id: true } });
  // Foreign keys take the rest with it.
  await tx.manager.delete(Server, { id: serverId });
  tx.emit(events.serverDeleted({ serverId, channelIds: channels.map(({ id }) => id) }));
  tx.emit(events.accessToServerChanged({ serverId }));
}

type Changes = Partial<Pick<Server, 'name' | 'description' | 'iconUrl' | 'ownerId'>>;

/** Writes and announces what is different; nothing where nothing is. */
async function change({ tx, server }: Actor, changes: Changes): Promise<Server> {
  const different = Object.entries(changes).some(([field, value]) => server[field as keyof Changes] !== value);
  if (!different) return server;
  const values = { ...changes, updatedAt: new Date() };
  await tx.manager.update(Server, { id: server.id }, values);
  tx.emit(events.serverUpdated({ serverId: server.id }));
  return tx.manager.create(Server, { ...server, ...values });
}
