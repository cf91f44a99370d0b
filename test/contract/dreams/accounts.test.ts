import { describe, expect, test } from 'vitest';
import { Account, SignedIn } from '../../client/dreams.ts';
import { LoggedIn } from '../../client/shapes.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { bare, dreamer, expectError, inTurkish, newAccount } from './dreamer.ts';

overEveryBackend((place) => {
  describe('POST /register/', () => {
    test('makes an account with one credit', async () => {
      covers('dreams:POST /api/user/register/', 'dreams rule:an account begins with one credit');
      const account = newAccount();
      const { status, body } = await bare(place).send('POST', '/register/', { json: account });
      expect(status).toBe(201);
      expect(body).toEqual({
        id: expect.any(String),
        username: account.username,
        email: account.email,
        is_active: true,
        image: null,
        google_id: null,
        last_chat_at: null,
        user_created_at: expect.any(String),
        user_updated_at: expect.any(String),
        user_deleted_at: null,
        credits: { total_amount: 1, amount: 1 },
      });
      Account.parse(body);
    });

    test('takes three fields, whatever else the body holds', async () => {
      covers('dreams rule:registration writes three fields');
      const account = newAccount();
      const more = { id: 'mine', is_staff: true, is_active: false, google_id: 'g', image: 'https://x.example/y' };
      const json = { ...account, ...more, credits: { amount: 1_000 }, display_name: 'Root', user_deleted_at: 'now' };
      const { body } = await bare(place).send('POST', '/register/', { json });
      expect(Account.parse(body)).toMatchObject({
        is_active: true,
        google_id: null,
        image: null,
        credits: { amount: 1 },
      });
      expect(body).not.toMatchObject({ id: 'mine' });
    });

    test('names every field that is broken, in both languages', async () => {
      covers('dreams error:a missing field', 'dreams error:a blank field', 'dreams error:a null field');
      covers('dreams error:a bad address', 'dreams rule:English, or Turkish');
      const post = (json: object) => bare(place).send('POST', '/register/', { json });
      const required = ['This field is required.'];
      expectError(await post({}), 'a missing field', { username: required, email: required, password: required });
      expectError(await post({ username: '', email: ' ', password: '' }), 'a blank field', {
        username: ['This field may not be blank.'],
        email: ['This field may not be blank.'],
        password: ['This field may not be blank.'],
      });
      expectError(await post({ ...newAccount(), username: null }), 'a null field', {
        username: ['This field may not be null.'],
      });
      for (const email of ['nobody', 'a@b', 'a b@example.com'])
        expectError(await post({ ...newAccount(), email }), 'a bad address', {
          email: ['Enter a valid email address.'],
        });
      const json = { email: 'nobody', password: '' };
      expectError(await bare(place).send('POST', '/register/', inTurkish({ json })), 'a missing field', {
        username: ['Bu alan gereklidir.'],
        email: ['Geçerli bir email adresi girin.'],
        password: ['Bu alan boş olamaz.'],
      });
    });

    test('refuses names that somebody has', async () => {
      covers('dreams error:a taken name');
      const taken = newAccount();
      const post = (json: object) => bare(place).send('POST', '/register/', { json });
      await post(taken);
      const email = ['user with this email already exists.'];
      const username = ['user with this username already exists.'];
      expectError(await post(taken), 'a taken name', { username, email });
      expectError(await post({ ...newAccount(), email: taken.email.toUpperCase() }), 'a taken name', { email });
      expectError(await post({ ...newAccount(), username: taken.username }), 'a taken name', { username });
    });
  });

  describe('POST /login/', () => {
    test('gives tokens and the account', async () => {
      covers('dreams:POST /api/user/login/', 'dreams:GET /api/user/me/');
      const { email, password, id, api } = await dreamer(place);
      const { status, body } = await bare(place).send('POST', '/login/', { json: { email, password } });
      expect(status).toBe(200);
      const { access, user } = SignedIn.parse(body);
      expect(user.id).toBe(id);
      expect((await api.send('GET', '/me/')).body).toEqual(user);
      expect((await bare(place).as(access).send('GET', '/me/')).body).toEqual(user);
    });

    test('says in its own words what is missing or wrong', async () => {
      covers('dreams error:login: an empty field', 'dreams error:login: wrong');
      const { email, password } = newAccount();
      const post = (json: object) => bare(place).send('POST', '/login/', inTurkish({ json }));
      for (const json of [{}, { email }, { password }, { email: '', password }, { email, password: null }])
        expectError(await post(json), 'login: an empty field', { error: 'Email and password are required' });
      const known = await dreamer(place);
      for (const json of [
        { email, password },
        { email: known.email, password: 'a wrong one' },
      ])
        expectError(await post(json), 'login: wrong', { error: 'Password or email is incorrect' });
    });

    test('notes the device', async () => {
      covers('dreams rule:a login notes the device');
      const { email, password } = await dreamer(place);
      const reply = await bare(place).send('POST', '/login/', {
        json: { email, password },
        headers: { 'user-agent': 'RuyaApp/2.1' },
      });
      const answer = await fetch(place.graph().url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${SignedIn.parse(reply.body).access}`,
        },
        body: JSON.stringify({ query: '{ viewer { sessions { device address current } } }' }),
      });
      expect(await answer.json()).toMatchObject({
        data: { viewer: { sessions: [{ device: 'RuyaApp', address: '127.0.0.1', current: true }, {}, {}] } },
      });
    });

    test('stops whoever guesses, and says when to come back', async () => {
      covers('dreams error:too many tries');
      const { email } = await dreamer(place);
      const guess = (password: string) => bare(place).send('POST', '/login/', { json: { email, password } });
      for (let time = 0; time < 10; time++) await guess(`guess ${time}`);
      const reply = await guess('another');
      const seconds = reply.headers.get('retry-after');
      expectError(reply, 'too many tries', {
        detail: `Request was throttled. Expected available in ${seconds} seconds.`,
      });
    });
  });

  test('one account works in the other dialects, with the same id', async () => {
    covers('dreams rule:one account works everywhere');
    const { id, email, password, client } = await dreamer(place);
    expect((await place.rest.post('/auth/login', { email, password }, LoggedIn)).user.id).toBe(id);
    expect((await place.rest.as(client.tokens.access).send('GET', '/auth/me')).body).toMatchObject({ id });
    const person = await place.person();
    const reply = await bare(place).send('POST', '/login/', {
      json: { email: person.email, password: person.password },
    });
    expect(SignedIn.parse(reply.body).user).toMatchObject({ id: person.id, credits: { total_amount: 1, amount: 1 } });
  });
});
