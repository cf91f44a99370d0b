import type { Transaction } from '@kopru/runtime/database/database.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { Member } from './member.ts';

/** Makes somebody a member who is none, and says so. */
export async function addMember(tx: Transaction, serverId: string, userId: string): Promise<Member> {
  const values = { id: newId(), serverId, userId, nickname: null, joinedAt: new Date() };
  const insert = tx.manager.createQueryBuilder().insert().into(Member);
  await insert.values(values).updateEntity(false).execute();
  tx.emit(events.memberAdded({ serverId, userId }));
  tx.emit(events.accessOfUsersChanged({ userIds: [userId], serverId }));
  return tx.manager.create(Member, values);
}
