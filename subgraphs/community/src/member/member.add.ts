import type { Transaction } from '@kopru/runtime/database/database.ts';
import { conflict } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { Member } from './member.ts';

/** Each socket of a person listens to all of their servers. */
const mostServers = 1_000;

/** Makes somebody a member who is none, and says so. @throws CONFLICT where they are in too many servers */
export async function addMember(tx: Transaction, serverId: string, userId: string): Promise<Member> {
  if ((await tx.manager.countBy(Member, { userId })) >= mostServers)
    throw conflict(`Nobody is in more than ${mostServers} servers.`);
  const values = { id: newId(), serverId, userId, nickname: null, joinedAt: new Date() };
  const insert = tx.manager.createQueryBuilder().insert().into(Member);
  await insert.values(values).updateEntity(false).execute();
  tx.emit(events.memberAdded({ serverId, userId }));
  tx.emit(events.accessOfUsersChanged({ userIds: [userId], serverId }));
  return tx.manager.create(Member, values);
}
