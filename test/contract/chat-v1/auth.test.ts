import { describe, expect, test } from 'vitest';
import { unique } from '../../client/person.ts';
import { LoggedIn, Refreshed, Registered, Said, User } from '../../client/shapes.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectRefused } from '../refused.ts';

overEveryBackend((place) => {
  const account = (name = 'ayse') => {
    const username = unique(name);
    return { username, email: `${username}@example.com`, password: 'a long enough phrase' };
  };

  describe('POST /auth/register', () => {
    test('makes an account and signs it in', async () => {
      covers('rest:POST /auth/register');
      const wanted = account();
      const { token, access_token, user } = await place.rest.post('/auth/register', wanted, Registered);
      expect(access_token).toBe(token);
      expect(user).toMatchObject({ username: wanted.username, email: wanted.email });
      expect(await place.rest.as(token).get('/auth/me', User)).toMatchObject({ id: user.id });
    });

    test('refuses a name or an address that somebody has', async () => {
      covers('error:1003');
      const taken = account();
      await place.rest.post('/auth/register', taken, Registered);
      for (const again of [
        { ...account(), username: taken.username },
        { ...account(), email: taken.email },
        { ...account(), email: taken.email.toUpperCase() },
      ])
        expectRefused(await place.rest.send('POST', '/auth/register', { json: again }), 1003);
    });

    test('lets one of many win who race for a name', async () => {
      covers('error:1003');
      const wanted = account();
      const replies = await Promise.all(
        Array.from({ length: 5 }, () => place.rest.send('POST', '/auth/register', { json: wanted })),
      );
      const refused = replies.filter(({ status }) => status !== 200);
      expect(refused).toHaveLength(4);
      for (const reply of refused) expectRefused(reply, 1003);
    });
  });

  describe('POST /auth/login', () => {
    test('takes the name and the password', async () => {
      covers('rest:POST /auth/login');
      const { username, password, id } = await place.person();
      const { token, user } = await place.rest.post('/auth/login', { username, password }, LoggedIn);
      expect(user.id).toBe(id);
      expect(await place.rest.as(token).get('/auth/me', User)).toMatchObject({ id, username });
    });

    test('takes the email in place of the name', async () => {
      covers('rule:login by email');
      const { email, password, id } = await place.person();
      expect((await place.rest.post('/auth/login', { email, password }, LoggedIn)).user.id).toBe(id);
    });

    test('says the same of a wrong password and of an unknown user', async () => {
      covers('error:1001', 'error:1002', 'rule:an unknown user looks like a wrong password');
      const { username } = await place.person();
      const wrong = await place.rest.send('POST', '/auth/login', { json: { username, password: 'a wrong phrase' } });
      const unknown = await place.rest.send('POST', '/auth/login', {
        json: { username: unique('nobody'), password: 'a wrong phrase' },
      });
      expectRefused(wrong, 1001);
      expectRefused(unknown, 1001);
      expect(unknown.body).toEqual(wrong.body);
    });
  });

  test('guessing a password is stopped, and told when to try again', async () => {
    covers('error:6003');
    const { username, password } = await place.person();
    const attempt = (password: string) => place.rest.send('POST', '/auth/login', { json: { username, password } });
    const guesses = Array.from({ length: 30 }, (_, number) => attempt(`guess number ${number}`));
    const stopped = (await Promise.all(guesses)).filter(({ status }) => status !== 401);
    expect(stopped.length).toBeGreaterThan(0);
    for (const reply of [...stopped, await attempt(password)]) {
      expectRefused(reply, 6003);
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  describe('POST /auth/refresh', () => {
    test('gives new tokens for the refresh token', async () => {
      covers('rest:POST /auth/refresh');
      const { refreshToken, id } = await place.person();
      const { token, access_token, refresh_token } = await place.rest.post(
        '/auth/refresh',
        { refresh_token: refreshToken },
        Refreshed,
      );
      expect(access_token).toBe(token);
      expect(refresh_token).not.toBe(refreshToken);
      expect(await place.rest.as(token).get('/auth/me', User)).toMatchObject({ id });
    });

    test('ends the session of a refresh token that is used after its successor', async () => {
      covers('rule:refresh tokens rotate');
      const { refreshToken } = await place.person();
      const refresh = (refresh_token: string) => place.rest.post('/auth/refresh', { refresh_token }, Refreshed);
      const second = await refresh(refreshToken);
      const third = await refresh(second.refresh_token);
      const attempt = (refresh_token: string) => place.rest.send('POST', '/auth/refresh', { json: { refresh_token } });
      expectRefused(await attempt(refreshToken), 1004);
      expectRefused(await attempt(third.refresh_token), 1004);
      await expect.poll(async () => (await place.rest.as(third.token).send('GET', '/servers')).status).toBe(401);
    });

    test('refuses a token that nobody was given', async () => {
      covers('error:1004');
      const { token } = await place.person();
      for (const refresh_token of ['made up', token])
        expectRefused(await place.rest.send('POST', '/auth/refresh', { json: { refresh_token } }), 1004);
    });
  });

  describe('POST /auth/logout', () => {
    test('ends the session', async () => {
      covers('rest:POST /auth/logout');
      const { rest, refreshToken } = await place.person();
      await rest.post('/auth/logout', undefined, Said);
      expectRefused(await rest.send('GET', '/auth/me'), 1004);
      expectRefused(await place.rest.send('POST', '/auth/refresh', { json: { refresh_token: refreshToken } }), 1004);
    });

    test('takes the refresh token along, and leaves the other sessions', async () => {
      covers('rest:POST /auth/logout');
      const { username, password, rest, refreshToken } = await place.person();
      const other = await place.rest.post('/auth/login', { username, password }, LoggedIn);
      await rest.post('/auth/logout', { refresh_token: refreshToken }, Said);
      expectRefused(await rest.send('GET', '/auth/me'), 1004);
      expect(await place.rest.as(other.token).get('/auth/me', User)).toMatchObject({ username });
      await place.rest.post('/auth/refresh', { refresh_token: other.refresh_token }, Refreshed);
    });
  });

  describe('GET /auth/me', () => {
    test('tells who one is', async () => {
      covers('rest:GET /auth/me');
      const { rest, id, username, email } = await place.person();
      expect(await rest.get('/auth/me', User)).toMatchObject({ id, username, email });
    });

    test('wants a token', async () => {
      covers('error:1004');
      expectRefused(await place.rest.send('GET', '/auth/me'), 1004);
    });
  });
});
