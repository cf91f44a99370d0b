import { randomBytes } from 'node:crypto';
import { type EntityManager, In } from 'typeorm';
import { nameKey } from './name.key.ts';
import { usernameColumns } from './profile.ts';
import { User } from './user.ts';

/** Leaves room, of a username's 32 characters, for what is put behind it. */
const longest = 24;

/** The columns of the username `wanted`, or of one that begins with it and that nobody has. `reserved` is nobody's. */
export async function freeUsername(
  manager: EntityManager,
  wanted: string,
  reserved = '',
): Promise<Pick<User, 'username' | 'usernameKey'>> {
  const stem = [...wanted].slice(0, longest).join('');
  const names = [wanted, ...[2, 3, 4, 5].map((number) => `${stem}-${number}`)];
  const taken = await manager.find(User, {
    select: { id: true, usernameKey: true },
    where: { usernameKey: In(names.map(nameKey)) },
  });
  const used = new Set([...taken.map(({ usernameKey }) => usernameKey), reserved]);
  const free = names.find((name) => !used.has(nameKey(name)));
  return usernameColumns(free ?? `${stem}-${randomBytes(3).toString('hex')}`);
}
