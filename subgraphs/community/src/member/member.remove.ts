import type { Transaction } from '@kopru/runtime/database/database.ts';
import { conflict } from '@kopru/runtime/errors.ts';
import { events, type MemberRemovalReason } from '@kopru/schema/events.ts';
import { actorOn } from './actor.ts';
import type { KickMemberInput } from './member.inputs.ts';
import { Member } from './member.ts';
import type { Standing } from './standing.ts';

/** @throws NOT_FOUND; FORBIDDEN to strangers; CONFLICT for the owner, who must transfer or delete the server first */
export async function leaveServer(tx: Transaction, userId: string, serverId: string): Promise<void> {
  const { standing } = await actorOn(tx, serverId, userId);
  if (standing.isOwner) throw conflict('The owner must give the server away or delete it first.', 'Server');
  await removeMember(tx, standing, 'LEFT');
}

/** @throws NOT_FOUND of Server or Member; FORBIDDEN without KICK_MEMBERS, or for a member who does not rank below */
export async function kickMember(tx: Transaction, userId: string, input: KickMemberInput): Promise<void> {
  const actor = await actorOn(tx, input.serverId, userId);
  actor.needs('KICK_MEMBERS');
  const member = await actor.member(input.userId);
  actor.needsToOutrank(member);
  await removeMember(tx, member, 'KICKED');
}

/** Ends a membership, with the roles in it, and says so. */
export async function removeMember(
  tx: Transaction,
  { memberId, serverId, userId }: Standing,
  reason: MemberRemovalReason,
): Promise<void> {
  await tx.manager.delete(Member, { id: memberId });
  tx.emit(events.memberRemoved({ serverId, userId, reason }));
  tx.emit(events.accessOfUsersChanged({ userIds: [userId], serverId }));
}
