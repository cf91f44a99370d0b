import type { Transaction } from '@kopru/runtime/database/database.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { checked, textField } from '../input/fields.ts';
import { actorOn } from '../member/actor.ts';
import { removeMember } from '../member/member.remove.ts';
import type { BanMemberInput, UnbanMemberInput } from './ban.inputs.ts';
import { Ban } from './ban.ts';

const fields = { reason: textField(1000) };

/**
 * Bans a person, member or not; a ban that is there already stays as it is. `exists` says whether there is such a person.
 * @throws VALIDATION_FAILED; NOT_FOUND of Server or User; FORBIDDEN without BAN_MEMBERS, or for a member who does not rank below
 */
export async function banMember(
  tx: Transaction,
  bannedById: string,
  input: BanMemberInput,
  exists: boolean,
): Promise<Ban> {
  const { reason = null } = checked(fields, input);
  const { serverId, userId } = input;
  const actor = await actorOn(tx, serverId, bannedById);
  actor.needs('BAN_MEMBERS');
  const member = await actor.memberOrNull(userId);
  if (member) actor.needsToOutrank(member);
  else if (!exists) throw notFound('User');
  const known = await tx.manager.findOneBy(Ban, { serverId, userId });
  if (known) return known;
  const values = { id: newId(), serverId, userId, reason, bannedById, createdAt: new Date() };
  await tx.manager.createQueryBuilder().insert().into(Ban).values(values).updateEntity(false).execute();
  if (member) await removeMember(tx, member, 'BANNED');
  return tx.manager.create(Ban, values);
}

/** @throws NOT_FOUND of Server or Ban; FORBIDDEN without BAN_MEMBERS */
export async function unbanMember(tx: Transaction, userId: string, input: UnbanMemberInput): Promise<void> {
  const { serverId } = input;
  const actor = await actorOn(tx, serverId, userId);
  actor.needs('BAN_MEMBERS');
  const { affected } = await tx.manager.delete(Ban, { serverId, userId: input.userId });
  if (affected === 0) throw notFound('Ban');
}
