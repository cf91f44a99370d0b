import type { Transaction } from '@kopru/runtime/database/database.ts';
import { conflict, notFound } from '@kopru/runtime/errors.ts';
import { newCapability } from '@kopru/runtime/ids.ts';
import { checked, countField } from '../input/fields.ts';
import { actorOn } from '../member/actor.ts';
import type { CreateInviteInput } from './invite.inputs.ts';
import { Invite } from './invite.ts';

const tenYears = 10 * 365 * 24 * 60 * 60;
/** They are listed all at once. */
const mostInvites = 10_000;
const fields = { maxUses: countField(1, 1_000_000), expiresInSeconds: countField(1, tenYears) };

/** @throws VALIDATION_FAILED; NOT_FOUND; FORBIDDEN without CREATE_INVITE; CONFLICT where the server has too many */
export async function createInvite(tx: Transaction, userId: string, input: CreateInviteInput): Promise<Invite> {
  const { maxUses = null, expiresInSeconds } = checked(fields, input);
  const { serverId } = input;
  const actor = await actorOn(tx, serverId, userId);
  actor.needs('CREATE_INVITE');
  const createdAt = new Date();
  const expiresAt = expiresInSeconds === undefined ? null : new Date(createdAt.getTime() + expiresInSeconds * 1_000);
  await deleteVoid(tx, serverId, createdAt);
  if ((await tx.manager.countBy(Invite, { serverId })) >= mostInvites)
    throw conflict(`A server has at most ${mostInvites} invites that are good.`);
  const values = { code: newCapability(), serverId, inviterId: userId, createdAt, expiresAt, maxUses, uses: 0 };
  const insert = tx.manager.createQueryBuilder().insert().into(Invite);
  await insert.values(values).updateEntity(false).execute();
  return tx.manager.create(Invite, values);
}

/** Deletes an invite. @throws NOT_FOUND; FORBIDDEN to all but who made it and those with MANAGE_SERVER */
export async function revokeInvite(tx: Transaction, userId: string, code: string): Promise<void> {
  const invite = await tx.manager.findOneBy(Invite, { code });
  if (!invite) throw notFound('Invite');
  const actor = await actorOn(tx, invite.serverId, userId, 'Invite');
  if (invite.inviterId !== userId) actor.needs('MANAGE_SERVER', 'Invite');
  const { affected } = await tx.manager.delete(Invite, { code });
  if (affected === 0) throw notFound('Invite');
}

/** Invites by which nobody can join any more would otherwise pile up. */
async function deleteVoid(tx: Transaction, serverId: string, now: Date): Promise<void> {
  await tx.manager
    .createQueryBuilder()
    .delete()
    .from(Invite)
    .where('server_id = :serverId AND (expires_at <= :now OR uses >= max_uses)', { serverId, now })
    .execute();
}
