import type { Transaction } from '@kopru/runtime/database/database.ts';
import { events } from '@kopru/schema/events.ts';
import { checked, nameField } from '../input/fields.ts';
import { actorOn } from './actor.ts';
import type { UpdateMemberInput } from './member.inputs.ts';
import { Member } from './member.ts';

const fields = { nickname: nameField.nullish() };

/**
 * Changes a membership; members name themselves.
 * @throws VALIDATION_FAILED; NOT_FOUND of Server or Member; FORBIDDEN to strangers, and for others without MANAGE_SERVER or who do not rank below
 */
export async function updateMember(tx: Transaction, viewerId: string, input: UpdateMemberInput): Promise<Member> {
  const { nickname } = checked(fields, input);
  const { serverId } = input;
  const userId = input.userId ?? viewerId;
  const actor = await actorOn(tx, serverId, viewerId);
  if (userId !== viewerId) actor.needs('MANAGE_SERVER');
  const standing = await actor.member(userId);
  if (userId !== viewerId) actor.needsToOutrank(standing);
  const member = await tx.manager.findOneByOrFail(Member, { id: standing.memberId });
  if (nickname === undefined || nickname === member.nickname) return member;
  await tx.manager.update(Member, { id: member.id }, { nickname });
  tx.emit(events.memberUpdated({ serverId, userId }));
  return tx.manager.create(Member, { ...member, nickname });
}
