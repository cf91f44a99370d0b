import { expect } from 'vitest';
import { DreamsClient } from '../../client/dreams.ts';
import { unique } from '../../client/person.ts';
import { type Call, type Reply, RestClient } from '../../client/rest.ts';
import type { Place } from '../../place.ts';
import { dreamErrors, type dreamErrors as errors } from './inventory.ts';

export const newAccount = (name = 'ruya') => {
  const username = unique(name);
  return { username, email: `${username}@example.com`, password: 'güvenli bir şifre' };
};

/** Somebody with an account at Dreamalyze, signed in. */
export async function dreamer(place: Place) {
  const client = new DreamsClient(place.origin);
  const account = newAccount();
  const { id } = await client.register(account);
  await client.login(account.email, account.password);
  const api = bare(place).as(client.tokens.access);
  const dreams = async () => (await api.send('GET', '/me/dreams/')).body as { id: string }[];
  return { ...account, id, client, api, dreams };
}

/** Dreamalyze as nobody. */
export const bare = (place: Place): RestClient => new RestClient(`${place.origin}/api/user`);

/** Expects an error, to the letter. */
export function expectError(reply: Reply, error: keyof typeof errors, body: unknown): void {
  expect([reply.status, reply.body], `${reply.call}: ${error}`).toEqual([dreamErrors[error], body]);
  expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
}

/** What is said of an access token in the header. */
export const badToken = (message: 'Token is invalid' | 'Token is expired') => ({
  detail: 'Given token not valid for any token type',
  code: 'token_not_valid',
  messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
});

/** Asks in Turkish. */
export const inTurkish = (call: Call = {}): Call => ({
  ...call,
  headers: { ...call.headers, 'accept-language': 'tr-TR,tr;q=0.9,en;q=0.8' },
});
