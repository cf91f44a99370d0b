import { expect, test } from 'vitest';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { bare, dreamer, expectError, inTurkish } from './dreamer.ts';

overEveryBackend((place) => {
  test('every path is served with the slash and without it, and none redirects', async () => {
    covers('dreams rule:with and without the slash');
    const { client, api } = await dreamer(place);
    const { id } = await client.createDream({ title: 'a dream' });
    for (const [method, path] of [
      ['POST', '/register'],
      ['POST', '/login'],
      ['POST', '/google-login'],
      ['POST', '/google-token-refresh'],
      ['POST', '/token'],
      ['POST', '/token/refresh'],
      ['POST', '/token/verify'],
      ['GET', '/me'],
      ['GET', '/me/dreams'],
      ['POST', '/me/dreams'],
      ['GET', `/me/dream/${id}/messages`],
      ['POST', `/me/dream/${id}/messages`],
    ] as const) {
      const call = method === 'POST' ? { text: '[]' } : {};
      const [bareReply, slashed] = [await api.send(method, path, call), await api.send(method, `${path}/`, call)];
      expect(bareReply.status, path).toBe(method === 'POST' ? 400 : 200);
      expect([bareReply.status, bareReply.body], path).toEqual([slashed.status, slashed.body]);
    }
  });

  test('JSON that is none is refused, everywhere', async () => {
    covers('dreams error:malformed JSON');
    const { api } = await dreamer(place);
    for (const path of ['/register/', '/login/', '/google-login/', '/token/', '/token/refresh/', '/me/dreams/'])
      for (const text of ['{', 'nonsense', '{"email":}', "{'email':'x'}"])
        expectError(await api.send('POST', path, { text }), 'malformed JSON', {
          detail: expect.stringMatching(/^JSON parse error - ./),
        });
  });

  test('a body that is no object has no fields', async () => {
    covers('dreams error:malformed JSON');
    for (const text of ['[]', '"x"', '1', 'null'])
      expect(await bare(place).send('POST', '/register/', { text })).toMatchObject({
        status: 400,
        body: { non_field_errors: ['Invalid data. Expected a dictionary.'] },
      });
  });

  test('a method that a path has not is refused, with those that it has', async () => {
    covers('dreams error:a wrong method');
    const { api } = await dreamer(place);
    for (const [method, path, allowed] of [
      ['PUT', '/login/', 'POST'],
      ['GET', '/register', 'POST'],
      ['DELETE', '/me/', 'GET'],
      ['PATCH', '/me/dreams', 'GET, POST'],
    ] as const) {
      const reply = await api.send(method, path);
      expectError(reply, 'a wrong method', { detail: `Method "${method}" not allowed.` });
      expect(reply.headers.get('allow')).toBe(allowed);
    }
  });

  test('a path that leads nowhere is not found', async () => {
    covers('dreams error:an unknown path', 'dreams rule:English, or Turkish');
    const { api } = await dreamer(place);
    for (const path of ['/', '/nothing/', '/me/dream/', '/me/dream/7/messages/', '/login//', '/%zz']) {
      expectError(await api.send('GET', path), 'an unknown path', { detail: 'Not found.' });
      expectError(await api.send('GET', path, inTurkish()), 'an unknown path', { detail: 'Sayfa bulunamadı.' });
    }
    for (const method of ['GET', 'POST', 'PUT'])
      expectError(await bare(place).send(method, '/me/dream/7/messages/'), 'an unknown path', { detail: 'Not found.' });
  });

  test('any origin may ask', async () => {
    covers('dreams error:an unknown path');
    const reply = await bare(place).send('OPTIONS', '/login/', {
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    });
    expect(reply.status).toBe(204);
    expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  });
});
