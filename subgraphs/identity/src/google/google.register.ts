import type { Transaction } from '@kopru/runtime/database/database.ts';
import { unauthenticated } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { events } from '@kopru/schema/events.ts';
import { emailColumns } from '../user/profile.ts';
import { freeUsername } from '../user/user.free-name.ts';
import { faults, refuseFaults, rules } from '../user/user.rules.ts';
import { User } from '../user/user.ts';
import { GoogleAccount } from './google.account.ts';
import type { Linked } from './google.link.ts';
import { ifAllowed } from './google.profile.ts';
import type { GooglePerson } from './google.token.ts';

/**
 * An account for somebody who has none; its username is made from the address.
 * @throws UNAUTHENTICATED where Google never saw that the address is theirs; VALIDATION_FAILED for one that we do not take
 */
export async function makeAccount(tx: Transaction, person: GooglePerson, reserved: string): Promise<Linked> {
  if (!person.emailVerified) throw unauthenticated('Google has not verified the address of this account.');
  const user = await newUser(tx, person, reserved);
  await tx.manager.insert(User, user);
  await tx.manager.insert(GoogleAccount, { id: person.id, userId: user.id });
  tx.emit(events.userRegistered({ userId: user.id, username: user.username }));
  return { user, ended: [] };
}

async function newUser({ manager }: Transaction, person: GooglePerson, reserved: string): Promise<User> {
  const email = emailColumns(person.email ?? '');
  refuseFaults({ email: faults(rules.email, email.email) });
  const now = new Date();
  return Object.assign(new User(), {
    id: newId(),
    ...(await freeUsername(manager, usernameFrom(email.email), reserved)),
    ...email,
    chosenName: ifAllowed(rules.displayName, person.name),
    avatarUrl: ifAllowed(rules.avatarUrl, person.picture),
    bio: null,
    active: true,
    createdAt: now,
    updatedAt: now,
  });
}

/** What is before the @ and may be in a username. */
function usernameFrom(email: string): string {
  const name = email
    .replace(/[@+].*$/, '')
    .replace(/[^\w.-]/g, '')
    .slice(0, 32);
  return name.length < 2 ? `user${name}` : name;
}
