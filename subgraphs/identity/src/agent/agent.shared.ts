import type { Transaction } from '@kopru/runtime/database/database.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { emailColumns } from '../user/profile.ts';
import { freeUsername } from '../user/user.free-name.ts';
import { User } from '../user/user.ts';
import { AgentAccount, sharedName } from './agent.account.ts';

/** Whether this is the account that agents share; what it signs in with is nobody's to change. */
export const isShared = ({ manager }: Transaction, userId: string): Promise<boolean> =>
  manager.existsBy(AgentAccount, { name: sharedName, userId });

/** The account that agents share; made, by that name or one near it, where there is none yet. The caller lets one at a time. */
export async function sharedAccount(tx: Transaction, username: string): Promise<User> {
  const { manager } = tx;
  const known = await manager.findOneBy(AgentAccount, { name: sharedName });
  if (known) return manager.findOneByOrFail(User, { id: known.userId });
  const id = newId();
  const now = new Date();
  const user = Object.assign(new User(), {
    id,
    ...(await freeUsername(manager, username)),
    // No mail goes there, and nobody can have registered with it.
    ...emailColumns(`${id}@agents.invalid`),
    chosenName: null,
    avatarUrl: null,
    bio: null,
    active: true,
    createdAt: now,
    updatedAt: now,
  });
  await manager.insert(User, user);
  await manager.insert(AgentAccount, { name: sharedName, userId: id });
  tx.emit(events.userRegistered({ userId: id, username: user.username }));
  return user;
}
