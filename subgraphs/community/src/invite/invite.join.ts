import type { Transaction } from '@kopru/runtime/database/database.ts';
import { forbidden, notFound } from '@kopru/runtime/errors.ts';
import { Ban } from '../ban/ban.ts';
import { addMember } from '../member/member.add.ts';
import { Member } from '../member/member.ts';
import { lockServer } from '../server/server.lock.ts';
import type { Server } from '../server/server.ts';
import { Invite, isUsable } from './invite.ts';

export interface Joined {
  readonly server: Server;
  readonly member: Member;
}

/**
 * Makes somebody a member by an invite. Who is one already stays one, and the invite is not used.
 * @throws NOT_FOUND of Invite where it is unknown, expired or used up; FORBIDDEN of Server to those who are banned;
 * CONFLICT for who is in too many servers
 */
export async function joinServer(tx: Transaction, userId: string, code: string): Promise<Joined> {
  const found = await tx.manager.findOneBy(Invite, { code });
  if (!found) throw notFound('Invite');
  const { serverId } = found;
  const server = await lockServer(tx, serverId, 'Invite');
  const member = await tx.manager.findOneBy(Member, { serverId, userId });
  if (member) return { server, member };
  // As it is now that its server is locked: others may have used it up.
  const invite = await tx.manager.findOneBy(Invite, { code });
  if (!invite || !isUsable(invite)) throw notFound('Invite');
  if (await tx.manager.existsBy(Ban, { serverId, userId }))
    throw forbidden('You are banned from this server.', 'Server');
  await tx.manager.increment(Invite, { code }, 'uses', 1);
  return { server, member: await addMember(tx, serverId, userId) };
}
