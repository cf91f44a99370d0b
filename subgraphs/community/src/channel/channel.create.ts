import type { Transaction } from '@kopru/runtime/database/database.ts';
import { conflict } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { checked, nameField, textField } from '../input/fields.ts';
import { actorOn } from '../member/actor.ts';
import type { CreateChannelInput } from './channel.inputs.ts';
import { Channel, channelKey } from './channel.ts';

/** Whoever is in a server listens to each of its channels. */
const mostChannels = 1_000;
const fields = { name: nameField, topic: textField(1024) };

/**
 * Makes a text channel, the last of its server.
 * @throws VALIDATION_FAILED; NOT_FOUND; FORBIDDEN without MANAGE_CHANNELS; CONFLICT where the name is taken, or the server has too many
 */
export async function createChannel(tx: Transaction, userId: string, input: CreateChannelInput): Promise<Channel> {
  const { name, topic = null } = checked(fields, input);
  const { serverId } = input;
  const actor = await actorOn(tx, serverId, userId);
  actor.needs('MANAGE_CHANNELS');
  await refuseTakenName(tx, serverId, name);
  if ((await tx.manager.countBy(Channel, { serverId })) >= mostChannels)
    throw conflict(`A server has at most ${mostChannels} channels.`);
  const last = await tx.manager.maximum(Channel, 'position', { serverId });
  const channel = await addChannel(tx, { serverId, name, topic, position: last === null ? 0 : last + 1 });
  tx.emit(events.channelCreated({ channelId: channel.id, serverId }));
  tx.emit(events.accessToServerChanged({ serverId }));
  return channel;
}

/** Stores a text channel whose name and position are free. */
export async function addChannel(
  tx: Transaction,
  { serverId, name, topic, position }: { serverId: string; name: string; topic: string | null; position: number },
): Promise<Channel> {
  const createdAt = new Date();
  const channel = { id: newId(), type: 'TEXT', serverId, name, topic, position, pairKey: null } as const;
  const values = { ...channel, createdAt, updatedAt: createdAt };
  const insert = tx.manager.createQueryBuilder().insert().into(Channel);
  await insert
    .values({ ...values, nameKey: channelKey(name) })
    .updateEntity(false)
    .execute();
  return tx.manager.create(Channel, values);
}

/** Holds until `tx` ends, as the server is locked. @throws CONFLICT where another channel than `but` has the name */
export async function refuseTakenName(tx: Transaction, serverId: string, name: string, but?: string): Promise<void> {
  const holder = await tx.manager.findOne(Channel, {
    where: { serverId, nameKey: channelKey(name) },
    select: { id: true },
  });
  if (holder && holder.id !== but)
    throw conflict(`The server has a channel named ${name} already.`, 'Channel', { name: ['It is taken.'] });
}
