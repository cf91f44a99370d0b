import { nameKey } from './name.key.ts';
import type { UpdateProfileInput } from './user.inputs.ts';
import { faults, refuseFaults, rules } from './user.rules.ts';
import type { User } from './user.ts';

/** The columns of a username as it was typed. */
export function usernameColumns(typed: string): Pick<User, 'username' | 'usernameKey'> {
  const username = typed.trim().normalize('NFKC');
  return { username, usernameKey: nameKey(username) };
}

/** The columns of an email address as it was typed. */
export function emailColumns(typed: string): Pick<User, 'email' | 'emailKey'> {
  const email = typed.trim();
  return { email, emailKey: nameKey(email) };
}

type Profile = Pick<User, 'username' | 'usernameKey' | 'email' | 'emailKey' | 'chosenName' | 'avatarUrl' | 'bio'>;

/** The columns that `input` sets. @throws VALIDATION_FAILED with every field that breaks a rule. */
export function profileColumns({ username, email, displayName, avatarUrl, bio }: UpdateProfileInput): Partial<Profile> {
  const columns: Partial<Profile> = {
    ...(username != null && usernameColumns(username)),
    ...(email != null && emailColumns(email)),
    ...(displayName !== undefined && { chosenName: displayName?.trim() ?? null }),
    ...(avatarUrl !== undefined && { avatarUrl: avatarUrl?.trim() ?? null }),
    ...(bio !== undefined && { bio: bio?.trim() ?? null }),
  };
  refuseFaults({
    username: username === null ? ['A username cannot be removed.'] : faults(rules.username, columns.username),
    email: email === null ? ['An email address cannot be removed.'] : faults(rules.email, columns.email),
    displayName: faults(rules.displayName, columns.chosenName),
    avatarUrl: faults(rules.avatarUrl, columns.avatarUrl),
    bio: faults(rules.bio, columns.bio),
  });
  return columns;
}
