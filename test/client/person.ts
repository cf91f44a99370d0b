import { randomBytes } from 'node:crypto';
import type { RestClient } from './rest.ts';
import { SignedIn } from './shapes.ts';

/** Somebody with an account, signed in over Chat v1. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly rest: RestClient;
}

/** A name that nobody else has. */
export const unique = (name: string): string => `${name}_${randomBytes(5).toString('hex')}`;

/** Makes an account with a unique name at one address. */
export async function newPerson(rest: RestClient, name = 'somebody'): Promise<Person> {
  const username = unique(name);
  const account = { username, email: `${username}@example.com`, password: `correct horse ${username}` };
  const { user, token, refresh_token } = await rest.post('/auth/register', account, SignedIn);
  return { id: user.id, ...account, token, refreshToken: refresh_token, rest: rest.as(token) };
}
