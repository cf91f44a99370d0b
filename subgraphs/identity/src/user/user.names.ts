import type { Database } from '@kopru/runtime/database/database.ts';
import { conflict, KopruError } from '@kopru/runtime/errors.ts';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { User } from './user.ts';

/** What no two accounts share, closed ones included. */
export interface Names {
  readonly usernameKey?: string;
  readonly emailKey?: string;
}

/** @throws CONFLICT with each of the names that another account than `userId` has. */
export async function refuseTaken(manager: EntityManager, names: Names, userId: string): Promise<void> {
  const { usernameKey, emailKey } = names;
  const where: FindOptionsWhere<User>[] = [
    ...(usernameKey === undefined ? [] : [{ usernameKey }]),
    ...(emailKey === undefined ? [] : [{ emailKey }]),
  ];
  if (where.length === 0) return;
  const holders = await manager.find(User, { select: { id: true, usernameKey: true, emailKey: true }, where });
  const others = holders.filter(({ id }) => id !== userId);
  const fields = {
    ...(others.some((other) => other.usernameKey === usernameKey) && { username: ['This username is taken.'] }),
    ...(others.some((other) => other.emailKey === emailKey) && { email: ['This email address is taken.'] }),
  };
  const sentences = Object.values(fields).flat();
  if (sentences.length > 0) throw conflict(sentences.join(' '), 'User', fields);
}

/** Does `work`, which gives `names` to `userId`. @throws CONFLICT where another was faster. */
export async function claiming<T>(
  database: Database,
  names: Names,
  userId: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // The unique indices refused it; which of them, each database says in its own way.
    if (!(error instanceof KopruError)) await database.write((tx) => refuseTaken(tx.manager, names, userId));
    throw error;
  }
}
