import type { Transaction } from '@kopru/runtime/database/database.ts';
import { insertIfAbsent } from '@kopru/runtime/database/insert-if-absent.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { Channel, pairKey } from '../channel/channel.ts';
import { DirectChannelRecipient } from './direct-channel.ts';

export interface Opened {
  readonly channel: Channel;
  /** Whether there was none before. */
  readonly created: boolean;
}

/** The direct channel of two people, who are not the same; made where there is none. */
export async function openDirectChannel(tx: Transaction, userId: string, recipientId: string): Promise<Opened> {
  const pair = pairKey(userId, recipientId);
  const known = await tx.manager.findOneBy(Channel, { pairKey: pair });
  if (known) return { channel: known, created: false };
  const id = newId();
  const createdAt = new Date();
  const values = { id, type: 'DIRECT', position: 0, pairKey: pair, createdAt, updatedAt: createdAt } as const;
  // Of several that do this at once one makes the row, and the others wait for it and find it.
  await insertIfAbsent(tx.manager, Channel, values);
  const channel = await tx.manager.findOneByOrFail(Channel, { pairKey: pair });
  if (channel.id !== id) return { channel, created: false };
  const recipients = [userId, recipientId].map((recipient) => ({ userId: recipient, channelId: id, latestId: id }));
  const insert = tx.manager.createQueryBuilder().insert().into(DirectChannelRecipient);
  await insert.values(recipients).updateEntity(false).execute();
  tx.emit(events.directChannelOpened({ channelId: id, recipientIds: [userId, recipientId] }));
  tx.emit(events.accessOfUsersChanged({ userIds: [userId, recipientId], serverId: null }));
  return { channel, created: true };
}
