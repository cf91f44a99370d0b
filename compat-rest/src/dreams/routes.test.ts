import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import { clientReader } from '@kopru/runtime/client.ts';
import { unauthenticated, unavailable, validationFailed } from '@kopru/runtime/errors.ts';
import { Author, CreateDream, LoginWithGoogle, RefreshTokens, VerifyToken } from '@kopru/schema/operations/dreams.ts';
import Fastify, { type FastifyInstance } from 'fastify';
import { print } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mount } from '../mount.ts';
import { FakeGraph } from '../testing/graph.ts';
import { dreamalyze } from './dialect.ts';
import { routes } from './routes.ts';

const tokens: Pick<Tokens, 'verifyAccess'> = {
  verifyAccess: async () => ({ userId: 'u', sessionId: 's', expiresAt: 0, agent: false }),
};

let graph: FakeGraph;
let server: FastifyInstance;
beforeEach(() => {
  graph = new FakeGraph();
  server = Fastify();
  mount(server, { prefix: '', dialect: dreamalyze, routes }, { graph, tokens, clientOf: clientReader(false) });
});
afterEach(() => server.close());

const asked = () => graph.asked.map(({ name }) => name);
const post = async (url: string, payload: object) => {
  const headers = { authorization: 'Bearer t' };
  const answer = await server.inject({ method: 'POST', url, payload, headers });
  return [answer.statusCode, answer.json()];
};

describe('a new dream', () => {
  const at = '2026-02-16T12:00:00.000Z';
  const dream = { id: 'd', title: 'Deniz', description: null, isActive: true, createdAt: at, updatedAt: at };
  beforeEach(() => {
    graph.on(CreateDream, () => ({ createDream: { dream } }));
  });

  test('bears the address of its author, which is asked before anything is spent', async () => {
    graph.on(Author, () => ({ viewer: { email: 'ann@example.org' } }));
    expect(await post('/me/dreams/', { title: 'Deniz' })).toMatchObject([201, { id: 'd', author: 'ann@example.org' }]);
    expect(asked()).toEqual(['Author', 'CreateDream']);
    expect(print(CreateDream)).not.toContain('author');
  });

  test('is not made where the address cannot be had, and is looked at before', async () => {
    graph.on(Author, () => {
      throw unavailable();
    });
    expect(await post('/me/dreams/', { title: '' })).toMatchObject([400, { title: [expect.any(String)] }]);
    expect(asked()).toEqual([]);
    expect(await post('/me/dreams/', { title: 'Deniz' })).toMatchObject([503, {}]);
    expect(asked()).toEqual(['Author']);
  });
});

test('a Google account whose address is not taken has a token that is not for us, and not none', async () => {
  graph.on(LoginWithGoogle, () => {
    throw validationFailed({ email: ['An address is too long.'] });
  });
  expect(await post('/google-login/', { token: 'g' })).toEqual([400, { error: 'Invalid Google token' }]);
  expect(await post('/google-login/', {})).toEqual([400, { error: 'Token is required' }]);
  expect(asked()).toEqual(['LoginWithGoogle']);
});

test('a path whose id is no UUID is none, whoever asks and by whatever method', async () => {
  const send = async (method: 'GET' | 'POST' | 'PUT', id: string, headers = {}) =>
    (await server.inject({ method, url: `/me/dream/${id}/messages`, headers })).statusCode;
  const id = '018f4b5e-0000-7000-8000-000000000001';
  for (const method of ['GET', 'POST', 'PUT'] as const) {
    expect(await send(method, '7'), method).toBe(404);
    expect(await send(method, '7', { authorization: 'Bearer t' }), method).toBe(404);
    expect(await send(method, id), method).toBe(method === 'PUT' ? 405 : 401);
  }
  expect(asked()).toEqual([]);
});

describe('a refresh token', () => {
  const next = { accessToken: 'a', refreshToken: 'next' };
  const refresh = () => post('/token/refresh/', { refresh: ' r ' });

  test('is exchanged without a question, which a replica that lags would answer wrongly', async () => {
    graph.on(RefreshTokens, ({ input }) => ({ refreshSession: { ...next, refreshToken: input.refreshToken } }));
    expect(await refresh()).toEqual([200, { access: 'a' }]);
    graph.on(RefreshTokens, () => ({ refreshSession: next }));
    expect(await refresh()).toEqual([200, { access: 'a', refresh: 'next' }]);
    expect(asked()).toEqual(['RefreshTokens', 'RefreshTokens']);
  });

  test.each([
    ['INVALID', 'Token is invalid'],
    ['EXPIRED', 'Token is expired'],
    [null, 'Token is invalid'],
  ] as const)('that is refused and %s: %s', async (reason, detail) => {
    graph.on(VerifyToken, () => ({ verifyToken: { valid: reason === null, reason } }));
    graph.on(RefreshTokens, () => {
      throw unauthenticated();
    });
    expect(await refresh()).toEqual([401, { detail, code: 'token_not_valid' }]);
    expect(asked()).toEqual(['RefreshTokens', 'VerifyToken']);
  });

  test('is not asked about where it could not be tried', async () => {
    graph.on(RefreshTokens, () => {
      throw unavailable();
    });
    expect(await refresh()).toMatchObject([503, {}]);
    expect(asked()).toEqual(['RefreshTokens']);
  });
});
