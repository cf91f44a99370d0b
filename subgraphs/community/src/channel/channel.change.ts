import type { Transaction } from '@kopru/runtime/database/database.ts';
import { forbidden, notFound } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import { Between } from 'typeorm';
import { checked, countField, given, newNameField, textField } from '../input/fields.ts';
import { actorOn } from '../member/actor.ts';
import { moveTo } from '../page/order.ts';
import { refuseTakenName } from './channel.create.ts';
import type { UpdateChannelInput } from './channel.inputs.ts';
import { Channel, channelKey } from './channel.ts';

const fields = { name: newNameField, topic: textField(1024), position: countField(0, 1_000_000) };

/** A channel that belongs to a server. */
type TextChannel = Channel & { readonly serverId: string };

/**
 * Changes a text channel.
 * @throws VALIDATION_FAILED; NOT_FOUND; FORBIDDEN without MANAGE_CHANNELS; CONFLICT where the name is taken
 */
export async function updateChannel(tx: Transaction, userId: string, input: UpdateChannelInput): Promise<Channel> {
  const { position, ...changes } = checked(fields, input);
  const channel = await manageableChannel(tx, userId, input.channelId);
  if (changes.name !== undefined) await refuseTakenName(tx, channel.serverId, changes.name, channel.id);
  const values = given({ ...changes, nameKey: changes.name === undefined ? undefined : channelKey(changes.name) });
  const different = Object.entries(given(changes)).some(([field, value]) => channel[field as 'name'] !== value);
  const moved = position === undefined ? [] : await move(tx, channel, position);
  if (!different && moved.length === 0) return channel;
  await tx.manager.update(Channel, { id: channel.id }, { ...values, updatedAt: new Date() });
  for (const channelId of new Set([channel.id, ...moved]))
    tx.emit(events.channelUpdated({ channelId, serverId: channel.serverId }));
  return tx.manager.findOneByOrFail(Channel, { id: channel.id });
}

/** Deletes a text channel. Returns it as it was. @throws NOT_FOUND; FORBIDDEN without MANAGE_CHANNELS */
export async function deleteChannel(tx: Transaction, userId: string, channelId: string): Promise<TextChannel> {
  const channel = await manageableChannel(tx, userId, channelId);
  const { serverId } = channel;
  await tx.manager.delete(Channel, { id: channelId });
  tx.emit(events.channelDeleted({ channelId, serverId }));
  tx.emit(events.accessToServerChanged({ serverId }));
  return channel;
}

/** Locks the server of a channel for a member who may manage it. @throws NOT_FOUND; FORBIDDEN; both of Channel */
async function manageableChannel(tx: Transaction, userId: string, id: string): Promise<TextChannel> {
  const found = await tx.manager.findOneBy(Channel, { id });
  if (!found) throw notFound('Channel');
  if (found.serverId === null) throw forbidden('A direct channel is nobody’s to manage.', 'Channel');
  const actor = await actorOn(tx, found.serverId, userId, 'Channel');
  actor.needs('VIEW_CHANNEL', 'Channel');
  actor.needs('MANAGE_CHANNELS', 'Channel');
  // As it is now that its server is locked.
  const channel = await tx.manager.findOneBy(Channel, { id });
  if (!channel) throw notFound('Channel');
  return channel as TextChannel;
}

/** Moves a channel to `position`, or the last place before it. Returns the ids of all whose place is another now. */
async function move(tx: Transaction, channel: TextChannel, position: number): Promise<string[]> {
  const { serverId } = channel;
  const last = (await tx.manager.maximum(Channel, 'position', { serverId })) ?? 0;
  const place = Math.min(position, last);
  if (place === channel.position) return [];
  const between = Between(Math.min(place, channel.position), Math.max(place, channel.position));
  const passed = await tx.manager.find(Channel, { where: { serverId, position: between }, select: { id: true } });
  await moveTo(tx.manager, Channel, channel, place);
  return passed.map(({ id }) => id);
}
