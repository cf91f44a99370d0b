import { describe, expect, test } from 'vitest';
import { Tokens } from '../../client/dreams.ts';
import { expired, forgeries } from '../../client/forge.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { badToken, bare, dreamer, expectError, newAccount } from './dreamer.ts';

const notProvided = { detail: 'Authentication credentials were not provided.' };
const notValid = (detail: string) => ({ detail, code: 'token_not_valid' });
const challenge = 'Bearer realm="api"';

overEveryBackend((place) => {
  const post = (path: string, json: object) => bare(place).send('POST', path, { json });

  describe('POST /token/', () => {
    test('gives both tokens, and nothing else', async () => {
      covers('dreams:POST /api/user/token/');
      const { email, password, id } = await dreamer(place);
      const { status, body } = await post('/token/', { email, password });
      expect([status, Object.keys(body as object)]).toEqual([200, ['refresh', 'access']]);
      const { access } = Tokens.parse(body);
      expect((await bare(place).as(access).send('GET', '/me/')).body).toMatchObject({ id });
    });

    test('says which fields are missing, and no more of what is wrong', async () => {
      covers('dreams error:token: wrong', 'dreams error:a missing field');
      const { email, password } = newAccount();
      expectError(await post('/token/', { email }), 'a missing field', { password: ['This field is required.'] });
      const known = await dreamer(place);
      for (const json of [
        { email, password },
        { email: known.email, password: 'a wrong one' },
      ]) {
        const reply = await post('/token/', json);
        expectError(reply, 'token: wrong', { detail: 'No active account found with the given credentials' });
        expect(reply.headers.get('www-authenticate')).toBe(challenge);
      }
    });
  });

  describe('POST /token/refresh/', () => {
    test('gives an access token, as often as the first refresh token is shown', async () => {
      covers('dreams:POST /api/user/token/refresh/', 'dreams rule:a refresh token lasts a day');
      const { client, id } = await dreamer(place);
      const { refresh } = client.tokens;
      for (let time = 0; time < 3; time++) {
        const { status, body } = await post('/token/refresh/', { refresh });
        expect([status, Object.keys(body as object)]).toEqual([200, ['access']]);
        const { access } = body as { access: string };
        expect((await bare(place).as(access).send('GET', '/me/')).body).toMatchObject({ id });
      }
      const sessions = await fetch(place.graph().url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${client.tokens.access}` },
        body: JSON.stringify({ query: '{ viewer { sessions { current expiresAt } } }' }),
      });
      const { data } = (await sessions.json()) as {
        data: { viewer: { sessions: { current: boolean; expiresAt: string }[] } };
      };
      const ends = Date.parse(data.viewer.sessions.find(({ current }) => current)?.expiresAt ?? '');
      expect(Math.abs(ends - Date.now() - 24 * 60 * 60_000)).toBeLessThan(10 * 60_000);
    });

    test('gives the next refresh token of a session that began elsewhere', async () => {
      covers('dreams:POST /api/user/token/refresh/');
      const { refreshToken } = await place.person();
      const { body } = await post('/token/refresh/', { refresh: refreshToken });
      expect(Tokens.parse(body).refresh).not.toBe(refreshToken);
    });

    test('gives a retry the same again, and ends the session of a token spent before', async () => {
      covers('dreams error:token/refresh: wrong');
      const { refreshToken } = await place.person();
      const exchange = async (refresh: string) =>
        Tokens.parse((await post('/token/refresh/', { refresh })).body).refresh;
      const second = await exchange(refreshToken);
      expect(await exchange(refreshToken)).toBe(second);
      const third = await exchange(second);
      for (const refresh of [refreshToken, third])
        expectError(await post('/token/refresh/', { refresh }), 'token/refresh: wrong', notValid('Token is invalid'));
    });

    test('refuses what is no refresh token, or has run out', async () => {
      covers(
        'dreams error:token/refresh: wrong',
        'dreams error:token/refresh: expired',
        'dreams error:a missing field',
      );
      const { client } = await dreamer(place);
      const { access } = client.tokens;
      for (const refresh of ['made up', access]) {
        const reply = await post('/token/refresh/', { refresh });
        expectError(reply, 'token/refresh: wrong', notValid('Token is invalid'));
        expect(reply.headers.get('www-authenticate')).toBe(challenge);
      }
      const old = await expired(access, place.privateKey);
      expectError(
        await post('/token/refresh/', { refresh: old }),
        'token/refresh: expired',
        notValid('Token is expired'),
      );
      expectError(await post('/token/refresh/', {}), 'a missing field', { refresh: ['This field is required.'] });
    });

    test('refuses one whose session has ended', async () => {
      covers('dreams error:token/refresh: wrong');
      const { client } = await dreamer(place);
      await place.rest.as(client.tokens.access).send('POST', '/auth/logout');
      expectError(
        await post('/token/refresh/', { refresh: client.tokens.refresh }),
        'token/refresh: wrong',
        notValid('Token is invalid'),
      );
    });
  });

  describe('POST /token/verify/', () => {
    test('has nothing to say of a token that is good', async () => {
      covers('dreams:POST /api/user/token/verify/');
      const { client } = await dreamer(place);
      for (const token of Object.values(client.tokens)) {
        const { status, body } = await post('/token/verify/', { token });
        expect([status, body]).toEqual([200, {}]);
      }
    });

    test('refuses any other', async () => {
      covers('dreams error:token/verify: wrong');
      const { access } = (await dreamer(place)).client.tokens;
      for (const token of Object.values(await forgeries(access, place.privateKey)))
        expectError(await post('/token/verify/', { token }), 'token/verify: wrong', notValid('Token is invalid'));
      const token = await expired(access, place.privateKey);
      expectError(await post('/token/verify/', { token }), 'token/verify: wrong', notValid('Token is expired'));
      expectError(await post('/token/verify/', { token: '' }), 'a blank field', {
        token: ['This field may not be blank.'],
      });
    });
  });

  describe('the access token', () => {
    const closed = [
      ['GET', '/me/'],
      ['GET', '/me/dreams/'],
      ['POST', '/me/dreams/'],
      ['GET', '/me/dream/018f4b5e-0000-7000-8000-000000000001/messages/'],
      ['POST', '/me/dream/018f4b5e-0000-7000-8000-000000000001/messages/'],
    ] as const;
    const open = ['/register/', '/login/', '/google-login/', '/google-token-refresh/'];
    const blind = ['/token/', '/token/refresh/', '/token/verify/'];

    test.each(closed)('is wanted by %s %s', async (method, path) => {
      covers('dreams error:no credentials', 'dreams error:a bad access token', 'dreams error:an expired access token');
      const { access } = (await dreamer(place)).client.tokens;
      const send = async (authorization: string) => {
        const reply = await bare(place).send(method, path, { ...(authorization && { headers: { authorization } }) });
        expect(reply.headers.get('www-authenticate')).toBe(challenge);
        return reply;
      };
      for (const authorization of ['', 'Token abc', 'Bearer'])
        expectError(await send(authorization), 'no credentials', notProvided);
      for (const token of Object.values(await forgeries(access, place.privateKey)))
        expectError(await send(`Bearer ${token}`), 'a bad access token', badToken('Token is invalid'));
      const old = `Bearer ${await expired(access, place.privateKey)}`;
      expectError(await send(old), 'an expired access token', badToken('Token is expired'));
    });

    test.each(open)('must be good for %s, too, where one is shown', async (path) => {
      covers('dreams error:a bad access token where none is needed');
      const { access } = (await dreamer(place)).client.tokens;
      const old = await expired(access, place.privateKey);
      const send = (token: string) => bare(place).as(token).send('POST', path, { json: {} });
      expectError(await send('made.up.token'), 'a bad access token where none is needed', badToken('Token is invalid'));
      expectError(await send(old), 'a bad access token where none is needed', badToken('Token is expired'));
      expect((await send(access)).status).toBe(400);
    });

    test.each(blind)('is of no matter to %s', async (path) => {
      covers('dreams error:a missing field');
      expect((await bare(place).as('made.up.token').send('POST', path, { json: {} })).status).toBe(400);
    });
  });
});
