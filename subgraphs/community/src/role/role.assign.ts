import type { Transaction } from '@kopru/runtime/database/database.ts';
import { conflict } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import { type Actor, actorOn } from '../member/actor.ts';
import { Member } from '../member/member.ts';
import type { Standing } from '../member/standing.ts';
import { manageableRole } from './role.actor.ts';
import type { AssignRoleInput } from './role.inputs.ts';
import { MemberRole, type Role } from './role.ts';

/**
 * Gives a member a role; one that the member has already is no error.
 * @throws NOT_FOUND of Server, Role or Member; FORBIDDEN; CONFLICT for the default role
 */
export async function assignRole(tx: Transaction, userId: string, input: AssignRoleInput): Promise<Member> {
  const { actor, role, member } = await decide(tx, userId, input);
  actor.mayGrant(role.permissionSet);
  const link = { memberId: member.memberId, roleId: role.id };
  if (!(await tx.manager.existsBy(MemberRole, link))) {
    await tx.manager.createQueryBuilder().insert().into(MemberRole).values(link).updateEntity(false).execute();
    announce(actor, member);
  }
  return tx.manager.findOneByOrFail(Member, { id: member.memberId });
}

/** Takes a role from a member; one that the member does not have is no error. @throws as `assignRole` */
export async function unassignRole(tx: Transaction, userId: string, input: AssignRoleInput): Promise<Member> {
  const { actor, role, member } = await decide(tx, userId, input);
  const link = { memberId: member.memberId, roleId: role.id };
  if (await tx.manager.existsBy(MemberRole, link)) {
    await tx.manager.delete(MemberRole, link);
    announce(actor, member);
  }
  return tx.manager.findOneByOrFail(Member, { id: member.memberId });
}

interface Decided {
  readonly actor: Actor;
  readonly role: Role;
  readonly member: Standing;
}

/** People may change their own roles too, as far as those rank below their highest. */
async function decide(tx: Transaction, userId: string, input: AssignRoleInput): Promise<Decided> {
  const actor = await actorOn(tx, input.serverId, userId);
  const role = await manageableRole(actor, input.roleId);
  if (role.isDefault) throw conflict('Every member has the default role.', 'Role');
  const member = await actor.member(input.userId);
  if (member.userId !== userId) actor.needsToOutrank(member);
  return { actor, role, member };
}

function announce({ tx, server }: Actor, { userId }: Standing): void {
  tx.emit(events.memberUpdated({ serverId: server.id, userId }));
  tx.emit(events.accessOfUsersChanged({ userIds: [userId], serverId: server.id }));
}
