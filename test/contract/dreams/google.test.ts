import { type Claims, TestGoogle } from '@kopru/identity/testing/google.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { SignedIn } from '../../client/dreams.ts';
import { unique } from '../../client/person.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { bare, dreamer, expectError } from './dreamer.ts';

const google = await TestGoogle.open();
afterAll(() => google[Symbol.asyncDispose]());

const somebody = (): { sub: string; email: string } => {
  const name = unique('ruya');
  return { sub: `g-${name}`, email: `${name}@gmail.com` };
};

overEveryBackend((place) => {
  const post = (path: string, json: object) => bare(place).send('POST', path, { json });
  const signIn = async (claims: Claims, path = '/google-login/') => {
    const { status, body } = await post(path, { token: await google.token(claims) });
    expect([status, Object.keys(body as object)]).toEqual([200, ['refresh', 'access', 'user']]);
    return SignedIn.parse(body);
  };

  describe('POST /google-login/', () => {
    test('makes an account with one credit, and finds it again by its id', async () => {
      covers('dreams:POST /api/user/google-login/', 'dreams rule:Google accounts go by their id');
      covers('dreams rule:an account begins with one credit');
      const ann = { ...somebody(), picture: 'https://lh3.googleusercontent.com/a' };
      const { user, access } = await signIn(ann);
      expect(user).toMatchObject({
        email: ann.email,
        google_id: ann.sub,
        image: ann.picture,
        credits: { total_amount: 1, amount: 1 },
      });
      expect((await bare(place).as(access).send('GET', '/me/')).body).toEqual(user);
      const again = await signIn({ ...ann, email: `${unique('other')}@gmail.com` });
      expect(again.user).toMatchObject({ id: user.id, email: ann.email });
    });

    test('finds the account of an address that Google vouches for, and no other', async () => {
      covers('dreams rule:an address links where Google vouches for it');
      const bob = await dreamer(place);
      const linked = await signIn({ ...somebody(), email: bob.email, hd: 'example.com' });
      expect(linked.user.id).toBe(bob.id);
      const eve = await dreamer(place);
      for (const more of [{}, { email_verified: false, hd: 'example.com' }]) {
        const token = await google.token({ ...somebody(), email: eve.email, ...more });
        expectError(await post('/google-login/', { token }), 'google-login: bad', {
          email: ['user with this email already exists.'],
        });
      }
      expect((await eve.client.me()).google_id).toBeNull();
    });

    test('refuses a token that is not for us, in its own words', async () => {
      covers('dreams error:google-login: none', 'dreams error:google-login: bad');
      for (const json of [{}, { token: '' }, { token: null }])
        expectError(await post('/google-login/', json), 'google-login: none', { error: 'Token is required' });
      const past = Math.floor(Date.now() / 1_000) - 10;
      for (const claims of [
        { aud: 'another' },
        { iss: 'https://evil.example' },
        { exp: past },
        { email_verified: false },
        { email: 'no address' },
      ]) {
        const token = await google.token({ ...somebody(), ...claims });
        expectError(await post('/google-login/', { token }), 'google-login: bad', { error: 'Invalid Google token' });
      }
      expectError(await post('/google-login/', { token: 'x' }), 'google-login: bad', { error: 'Invalid Google token' });
    });
  });

  describe('POST /google-token-refresh/', () => {
    test('gives new tokens to whoever is known', async () => {
      covers('dreams:POST /api/user/google-token-refresh/', 'dreams error:google-token-refresh: no user');
      const ann = somebody();
      const token = await google.token(ann);
      expectError(await post('/google-token-refresh/', { token }), 'google-token-refresh: no user', {
        error: 'User not found',
      });
      const { user } = await signIn(ann);
      expect((await signIn(ann, '/google-token-refresh/')).user).toEqual(user);
    });

    test('refuses a token that is not good, in its own words', async () => {
      covers('dreams error:google-token-refresh: none', 'dreams error:google-token-refresh: bad');
      expectError(await post('/google-token-refresh/', {}), 'google-token-refresh: none', {
        error: 'Google ID token is required',
      });
      expectError(await post('/google-token-refresh/', { token: 'x' }), 'google-token-refresh: bad', {
        error: 'Invalid or expired Google ID token',
      });
    });
  });
}, google.settings);
