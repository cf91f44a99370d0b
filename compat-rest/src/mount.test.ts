import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import { clientReader } from '@kopru/runtime/client.ts';
import { notFound, tokenExpired, unauthenticated } from '@kopru/runtime/errors.ts';
import Fastify, { type FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bearerToken, type Dialect } from './dialect.ts';
import { mount } from './mount.ts';
import { Reply, route } from './route.ts';
import { FakeGraph } from './testing/graph.ts';

type Data = { readonly greeting: string };
const Greet = parse('query Greet { greeting }') as TypedDocumentNode<Data, { name?: string }>;

/** Says what kind of failure it was asked to render. */
const dialect: Dialect = {
  token: bearerToken,
  accepts: (name, value) => name !== 'number' || /^\d+$/.test(value),
  refuse: (failure) => ({ status: 418, headers: { 'x-kind': failure.kind }, body: failure }),
};
const routes = [
  route('GET /greetings/:number', Greet, {
    variables: ({ params, query, viewer }) => ({ name: `${viewer.userId} ${params.number} ${query.text('q')}` }),
    reply: ({ greeting }) => ({ greeting }),
    errors: { NOT_FOUND: { status: 410, body: 'gone' } },
  }),
  route('POST /greetings', Greet, {
    public: true,
    variables: ({ body }) => ({ name: body.text('name') }),
    reply: ({ greeting }, { params }) => ({ greeting, params }),
  }),
  route('PATCH /greetings/:number', Greet, { public: true, reply: (data, { viewer }) => [data, viewer] }),
];
const viewer = { userId: 'u1', sessionId: 's1', expiresAt: 0 };
const tokens = {
  async verifyAccess(token: string) {
    if (token === 'good') return viewer;
    throw token === 'old' ? tokenExpired() : unauthenticated();
  },
} as Tokens;

let graph: FakeGraph;
let server: FastifyInstance;
beforeEach(() => {
  graph = new FakeGraph().on(Greet, () => ({ greeting: 'merhaba' }));
  server = Fastify({ bodyLimit: 100 });
  mount(server, { prefix: '/old', dialect, routes }, { graph, tokens, clientOf: clientReader(false) });
});
afterEach(() => server.close());

const good = { authorization: 'Bearer good' };
const post = (payload: string, headers: Record<string, string> = {}) =>
  server.inject({ method: 'POST', url: '/old/greetings', payload, headers });

test('runs the operation as whoever shows the token, from where they are', async () => {
  const answer = await server.inject({
    url: '/old/greetings/7?q=x',
    headers: { ...good, 'user-agent': 'a browser' },
    remoteAddress: '192.0.2.1',
  });
  expect([answer.statusCode, answer.json()]).toEqual([200, { greeting: 'merhaba' }]);
  const client = { address: '192.0.2.1', userAgent: 'a browser' };
  expect(graph.asked).toMatchObject([
    { name: 'Greet', variables: { name: 'u1 7 x' }, caller: { token: 'good', client } },
  ]);
});

test('asks who it is before it looks at anything else', async () => {
  for (const [authorization, code] of [
    ['', 'UNAUTHENTICATED'],
    ['Basic good', 'UNAUTHENTICATED'],
    ['Bearer bad', 'UNAUTHENTICATED'],
    ['Bearer old', 'TOKEN_EXPIRED'],
  ]) {
    const answer = await server.inject({ url: '/old/greetings/seven', headers: { authorization } });
    expect(answer.json(), authorization).toMatchObject({ kind: 'operation', code });
  }
  expect(
    (await server.inject({ url: '/old/greetings/7?q=x', headers: { authorization: 'bearer good' } })).statusCode,
  ).toBe(200);
});

test('a public route looks at no token and has no viewer', async () => {
  const answer = await post('{"name":"x"}', { authorization: 'Bearer bad' });
  expect(answer.json()).toEqual({ greeting: 'merhaba', params: {} });
  expect(graph.asked[0]?.caller.token).toBeUndefined();
  const asked = await server.inject({ method: 'PATCH', url: '/old/greetings/1' });
  expect(asked.json()).toMatchObject({ kind: 'operation', code: 'UNAUTHENTICATED' });
});

test('the dialect says which path parameters can be', async () => {
  const answer = await server.inject({ url: '/old/greetings/seven?q=x', headers: good });
  expect(answer.json()).toEqual({ kind: 'parameter', parameter: 'number' });
  expect(graph.asked).toEqual([]);
});

test('reads a body as JSON, whatever its type is called', async () => {
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
    const answer = await post('{"name":"Ayşe"}', { 'content-type': type });
    expect(answer.statusCode, type).toBe(200);
  }
  expect(graph.asked.map(({ variables }) => variables)).toEqual(Array(3).fill({ name: 'Ayşe' }));
});

test('the dialect says what is wrong with a body', async () => {
  const json = { 'content-type': 'application/json' };
  expect((await post('{', json)).json()).toMatchObject({ kind: 'body', problem: 'malformed' });
  expect((await post('[]', json)).json()).toMatchObject({ kind: 'body', problem: 'not an object' });
  expect((await post('', json)).json()).toMatchObject({ kind: 'field', field: 'name', problem: 'missing' });
  expect((await post(JSON.stringify({ name: 'x'.repeat(100) }))).json()).toMatchObject({
    kind: 'body',
    problem: 'too large',
  });
});

test('the dialect says that there is no such path, or no such method on it', async () => {
  expect((await server.inject('/old/farewells')).json()).toEqual({ kind: 'unknown path' });
  const answer = await server.inject({ method: 'DELETE', url: '/old/greetings/7?q=x' });
  expect(answer.json()).toEqual({ kind: 'method', method: 'DELETE', allowed: ['GET', 'PATCH'] });
  expect(answer.headers).toMatchObject({ allow: 'GET, PATCH', 'x-kind': 'method' });
});

test('an error of the operation goes to the dialect, unless the route has its own answer', async () => {
  graph.on(Greet, () => {
    throw notFound('Greeting');
  });
  expect((await post('{"name":"x"}')).json()).toMatchObject({
    kind: 'operation',
    code: 'NOT_FOUND',
    resource: 'Greeting',
  });
  const answer = await server.inject({ url: '/old/greetings/7?q=x', headers: good });
  expect([answer.statusCode, answer.body]).toEqual([410, 'gone']);
});

test('what nobody foresaw is internal, and tells nothing', async () => {
  graph.on(Greet, () => {
    throw new Error('a secret');
  });
  const answer = await post('{"name":"x"}');
  expect(answer.json()).toMatchObject({ kind: 'operation', code: 'INTERNAL' });
  expect(answer.body).not.toContain('secret');
});

test('a public route that checks tokens refuses one that is not good, whatever the row says of its own refusals', async () => {
  const checking = Fastify();
  const row = route('POST /greetings', Greet, {
    public: true,
    checksToken: true,
    reply: () => new Reply({ status: 201, headers: { 'x-made': 'yes' }, body: 'made' }),
    errors: { UNAUTHENTICATED: { status: 410, body: 'gone' } },
  });
  mount(checking, { prefix: '/old', dialect, routes: [row] }, { graph, tokens, clientOf: clientReader(false) });
  const ask = (headers: Record<string, string>) => checking.inject({ method: 'POST', url: '/old/greetings', headers });
  for (const headers of [{}, good]) {
    const answer = await ask(headers);
    expect([answer.statusCode, answer.body, answer.headers['x-made']]).toEqual([201, 'made', 'yes']);
  }
  expect(graph.asked.map(({ caller }) => caller.token)).toEqual([undefined, undefined]);
  expect((await ask({ authorization: 'Bearer bad' })).json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect((await ask({ authorization: 'Bearer old' })).json()).toMatchObject({ code: 'TOKEN_EXPIRED' });
  await checking.close();
});

test('a path that ends in a slash is served without it where the dialect says so, and where it does not, is not', async () => {
  const row = route('GET /greetings/:number/', Greet, { public: true, reply: ({ greeting }) => ({ greeting }) });
  for (const slashIsOptional of [true, undefined]) {
    const lenient = Fastify();
    const own = { ...dialect, ...(slashIsOptional && { slashIsOptional }) };
    mount(lenient, { prefix: '/old', dialect: own, routes: [row] }, { graph, tokens, clientOf: clientReader(false) });
    expect((await lenient.inject('/old/greetings/7/')).json()).toEqual({ greeting: 'merhaba' });
    const bare = await lenient.inject('/old/greetings/7');
    expect(bare.json()).toEqual(slashIsOptional ? { greeting: 'merhaba' } : { kind: 'unknown path' });
    for (const url of ['/old/greetings/7/', ...(slashIsOptional ? ['/old/greetings/7'] : [])])
      expect((await lenient.inject({ method: 'PUT', url })).json()).toMatchObject({ kind: 'method', allowed: ['GET'] });
    await lenient.close();
  }
});
