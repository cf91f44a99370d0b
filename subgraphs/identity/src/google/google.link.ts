import type { RevokedSession } from '@kopru/runtime/auth/revocations.ts';
import type { Transaction } from '@kopru/runtime/database/database.ts';
import { conflict } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import { forUpdate } from '../lock.ts';
import { Password } from '../password/password.ts';
import { endSessions } from '../session/session.end.ts';
import { nameKey } from '../user/name.key.ts';
import { faults, rules } from '../user/user.rules.ts';
import { User } from '../user/user.ts';
import { GoogleAccount } from './google.account.ts';
import { ifAllowed } from './google.profile.ts';
import type { GooglePerson } from './google.token.ts';

export interface Linked {
  readonly user: User;
  /** What was ended for it; for `Tokens.revoke`, after the commit. */
  readonly ended: readonly RevokedSession[];
}

/**
 * The account that has the person's address, as theirs from now on; null where nobody has it. Who made it never showed that the
 * address is theirs, which Google has now: what they sign in with is void. @throws CONFLICT where Google does not vouch for the address,
 * or the account got it later: a token is enough to change it, and must not be enough to take the account for good
 */
export async function linkByAddress(tx: Transaction, person: GooglePerson): Promise<Linked | null> {
  const { manager } = tx;
  // Compared as ours are only where it is one that we take: the comparison folds letters together.
  if (person.email === null || faults(rules.email, person.email.trim()).length > 0) return null;
  const user = await manager.findOne(User, { where: { emailKey: nameKey(person.email) }, ...forUpdate(tx) });
  if (!user) return null;
  const userId = user.id;
  const linked = await manager.findOneBy(GoogleAccount, { userId });
  // By somebody who was faster with the same token.
  if (linked?.id === person.id && user.active) return { user, ended: [] };
  if (linked || !person.emailVouched || !user.active || user.emailChangedAt !== null)
    throw conflict('This email address is taken.', 'User', { email: ['This email address is taken.'] });
  await manager.insert(GoogleAccount, { id: person.id, userId });
  await manager.delete(Password, { userId });
  const ended = await endSessions(tx, [{ userId }], 'PASSWORD_CHANGED');
  const avatarUrl = user.avatarUrl ?? ifAllowed(rules.avatarUrl, person.picture);
  if (avatarUrl !== user.avatarUrl) {
    const changes = { avatarUrl, updatedAt: new Date() };
    await manager.update(User, { id: userId }, changes);
    tx.emit(events.userUpdated({ userId }));
    Object.assign(user, changes);
  }
  return { user, ended };
}
