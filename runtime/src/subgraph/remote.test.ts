import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import type { FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { isAbandoned } from '../abandoned.ts';
import { keysFromDirectory } from '../auth/keys.ts';
import { Revocations } from '../auth/revocations.ts';
import { Tokens } from '../auth/tokens.ts';
import type { Context } from '../context.ts';
import { forbidden } from '../errors.ts';
import type { LogEvent } from '../events/event.ts';
import { openMemoryLog } from '../events/memory.ts';
import { createHttpServer, listen } from '../http.ts';
import { newId } from '../ids.ts';
import { createLogger } from '../logger.ts';
import type { Caller, SubgraphClient } from './client.ts';
import { LocalSubgraph } from './local.ts';
import { RemoteSubgraph } from './remote.ts';
import { serveSubgraph } from './serve.ts';

const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { who: String!  me: ID!  lingers: Boolean!  fails: String  refuses: String  echo(text: String!): String!  self: Query! }
  type Subscription { said(room: ID!): String! }`;

const resolvers = {
  Query: {
    who: (_: unknown, __: unknown, context: Context) =>
      JSON.stringify({ reader: context.reader, client: context.client, service: context.service }),
    me: (_: unknown, __: unknown, context: Context) => context.viewer.userId,
    fails: () => {
      throw new Error('SELECT * FROM secrets');
    },
    refuses: () => {
      throw forbidden('Not you.', 'Thing');
    },
    lingers: () => {
      entered();
      return vi.waitUntil(isAbandoned, { timeout: 10_000 }).then(lingered);
    },
    echo: (_: unknown, { text }: { text: string }) => text,
    self: () => ({}),
  },
  Subscription: {
    said: {
      subscribe: (_: unknown, { room }: { room: string }, context: Context) => {
        if (context.viewer.userId !== 'ada') throw forbidden('Only Ada.');
        return context.listen({ topics: [`channel:${room}`], types: ['said'], recheckOn: ['access'] });
      },
      resolve: (event: LogEvent) => event.payload.text,
    },
  },
};

const entered = vi.fn();
const lingered = vi.fn(() => true);
const logger = createLogger('test', 'silent');
const log = openMemoryLog({ logger });
let tokens: Tokens;
let local: LocalSubgraph;
let remote: RemoteSubgraph;
let server: FastifyInstance;
let url: string;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'kopru-remote-'));
  tokens = new Tokens(
    await keysFromDirectory(dataDir),
    new Revocations({ log, topic: 'sessions', lifetime: 1, load: async () => [] }),
  );
  const schema = buildSubgraphSchema([
    { typeDefs: parse(sdl), resolvers: resolvers as unknown as GraphQLResolverMap<unknown> },
  ]);
  local = new LocalSubgraph({ name: 'rooms', schema, parts: { resolvers: [], references: {} }, tokens, log, logger });
  server = createHttpServer({ service: 'rooms', logger, metrics: new Registry(), needs: {} });
  serveSubgraph(server, local, tokens);
  url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0, 'PORT')}`;
  remote = new RemoteSubgraph('rooms', `${url}/graphql`, () => tokens);
});
afterAll(async () => {
  await remote.close();
  await server.close();
  await rm(dataDir, { recursive: true });
});

const client = { address: '10.0.0.9', userAgent: 'Köprü test' };
const anonymous = (): Caller => ({ requestId: newId(), client });
const ada = async (): Promise<Caller> => ({ ...anonymous(), token: (await tokens.signAccess('ada', 's')).token });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each([
  ['in process', (): SubgraphClient => local],
  ['over HTTP', (): SubgraphClient => remote],
])('a subgraph %s', (_how, subgraph) => {
  test('answers with the variables it was given', async () => {
    const result = await subgraph().execute({
      query: 'query ($t: String!) { echo(text: $t) }',
      variables: { t: 'köprü 🌉' },
      caller: anonymous(),
    });
    expect(plain(result)).toEqual({ data: { echo: 'köprü 🌉' } });
  });

  test('knows the viewer by their token and believes the service about the client', async () => {
    const result = await subgraph().execute({ query: '{ who me }', caller: await ada() });
    expect(result.data?.me).toBe('ada');
    expect(JSON.parse(String(result.data?.who))).toMatchObject({
      reader: { kind: 'viewer', userId: 'ada' },
      client: { address: '10.0.0.9' },
      service: false,
    });
  });

  test('refuses a bad token with its code', async () => {
    const expired = (await tokens.signAccess('ada', 's', { lifetime: -5 })).token;
    for (const [token, code] of [
      ['nonsense', 'UNAUTHENTICATED'],
      [expired, 'TOKEN_EXPIRED'],
    ] as const)
      expect(plain(await subgraph().execute({ query: '{ who }', caller: { ...anonymous(), token } }))).toMatchObject({
        errors: [{ extensions: { code } }],
      });
  });

  test('keeps a failure to itself and shows what was meant to be shown', async () => {
    const caller = anonymous();
    const result = plain(await subgraph().execute({ query: '{ fails refuses }', caller }));
    expect(result).toEqual({
      data: { fails: null, refuses: null },
      errors: [
        {
          message: 'Something went wrong on our side.',
          path: ['fails'],
          extensions: { code: 'INTERNAL', requestId: caller.requestId },
        },
        { message: 'Not you.', path: ['refuses'], extensions: { code: 'FORBIDDEN', resource: 'Thing' } },
      ],
    });
  });

  test('lets a service act as itself', async () => {
    const result = await subgraph().execute({ query: '{ who }', caller: { ...anonymous(), asService: true } });
    expect(JSON.parse(String(result.data?.who))).toMatchObject({ reader: { kind: 'service' }, service: true });
  });

  test('grants a subscription, or says why not', async () => {
    const request = { query: 'subscription ($r: ID!) { said(room: $r) }', variables: { r: 'hall' } };
    expect(plain(await subgraph().handshake({ ...request, caller: await ada() }))).toEqual({
      grant: { topics: ['channel:hall'], types: ['said'], recheckOn: ['access'] },
    });
    const can = { ...anonymous(), token: (await tokens.signAccess('can', 's')).token };
    expect(plain(await subgraph().handshake({ ...request, caller: can }))).toMatchObject({
      errors: [{ message: 'Only Ada.', extensions: { code: 'FORBIDDEN' } }],
    });
    expect(plain(await subgraph().handshake({ ...request, caller: anonymous() }))).toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test('makes a response of an event, for an audience without a viewer', async () => {
    const event = {
      id: newId(),
      type: 'said',
      topics: ['channel:hall'],
      payload: { text: 'hi' },
      at: new Date().toISOString(),
      position: '1-0',
    };
    const request = {
      query: 'subscription ($r: ID!) { said(room: $r) }',
      variables: { r: 'hall' },
      caller: { ...anonymous(), audience: ['channel:hall'] },
    };
    expect(plain(await subgraph().project(request, event))).toEqual({ data: { said: 'hi' } });
  });

  test('a shared execution that asks for the viewer says so', async () => {
    const result = await subgraph().execute({
      query: '{ me }',
      caller: { ...(await ada()), audience: ['channel:hall'] },
    });
    expect(plain(result)).toMatchObject({ errors: [{ extensions: { code: 'VIEWER_REQUIRED' } }] });
  });
});

describe('what a stranger may say over HTTP', () => {
  const post = (path: string, headers: Record<string, string>, body: unknown) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  test('claims to be a service, or to speak for another address, are not believed', async () => {
    const headers = {
      'x-act-as': 'service',
      'x-client-address': '1.2.3.4',
      'x-audience': '["channel:hall"]',
      'x-service-token': 'forged',
    };
    const answer = (await (await post('/graphql', headers, { query: '{ who }' })).json()) as { data: { who: string } };
    expect(JSON.parse(answer.data.who)).toMatchObject({
      reader: { kind: 'anonymous' },
      client: { address: '127.0.0.1' },
      service: false,
    });
  });

  test('live paths are for services only', async () => {
    const { token } = await ada();
    for (const path of ['/live/handshake', '/live/project']) {
      const answer = await post(
        path,
        { authorization: `Bearer ${token}` },
        { query: 'subscription { said(room: "x") }', event: {} },
      );
      expect(answer.status).toBe(403);
    }
  });

  test.each([
    ['not JSON', '{', 400],
    ['no query', {}, 400],
    ['a body past the limit', `{"query":"${'x'.repeat(1024 * 1024)}"}`, 413],
  ])('%s is refused in GraphQL terms', async (_what, body, status) => {
    const answer = await post('/graphql', {}, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test.each([
    ['of no language', { query: '{' }, 'GRAPHQL_PARSE_FAILED'],
    ['of more tokens than anybody needs', { query: `{ ${'who '.repeat(1500)} }` }, 'GRAPHQL_PARSE_FAILED'],
    ['with a field that is none', { query: '{ nothing }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'that follows itself for ever',
      { query: '{ self { ...A } } fragment A on Query { self { ...A } }' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['that is run like no query', { query: 'subscription { said(room: "x") }' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['without that operation', { query: 'query A { who }', operationName: 'B' }, 'OPERATION_RESOLUTION_FAILURE'],
    ['without its variables', { query: 'query ($text: String!) { echo(text: $text) }' }, 'BAD_USER_INPUT'],
    [
      'with variables of another type',
      { query: 'query ($text: String!) { echo(text: $text) }', variables: { text: ['x'] } },
      'BAD_USER_INPUT',
    ],
  ])('a document %s is refused, and is no failure of ours', async (_what, body, code) => {
    const answer = await post('/graphql', {}, body);
    expect(await answer.json()).toEqual({ errors: [{ message: expect.any(String), extensions: { code } }] });
  });

  test('a request id that is no UUID is replaced', async () => {
    const answer = await post('/graphql', { 'x-request-id': 'a b' }, { query: '{ who }' });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const own = newId();
    expect((await post('/graphql', { 'x-request-id': own }, { query: '{ who }' })).headers.get('x-request-id')).toBe(
      own,
    );
  });
});

test('work whose caller has gone is told so', async () => {
  const gone = new AbortController();
  const answer = remote.execute({ query: '{ lingers }', caller: anonymous(), signal: gone.signal });
  await vi.waitFor(() => expect(entered).toHaveBeenCalled());
  gone.abort();
  await expect(answer).rejects.toThrow('aborted');
  await vi.waitFor(() => expect(lingered).toHaveBeenCalled());
});

describe('a subgraph that does not answer is UNAVAILABLE, not a stack:', () => {
  const ask = async (name: string, at: string, caller = anonymous(), own = tokens) => {
    const subgraph = new RemoteSubgraph(name, at, () => own);
    onTestFinished(() => subgraph.close());
    return subgraph.execute({ query: '{ who }', caller });
  };

  test('one that is away', async () => {
    await expect(ask('rooms', 'http://127.0.0.1:9/graphql')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The rooms service cannot be reached.',
    });
  });

  test('one that breaks off, which may have done what it was asked', async () => {
    const deaf = createServer((socket) => socket.once('data', () => socket.destroy()));
    deaf.listen(0, '127.0.0.1');
    onTestFinished(() => void deaf.close());
    await once(deaf, 'listening');
    const { port } = deaf.address() as AddressInfo;
    await expect(ask('rooms', `http://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The rooms service did not answer; what it was asked may have been done.',
    });
  });

  test('another one at the same place', async () => {
    await expect(ask('doors', url)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'The doors service cannot be reached.',
      originalError: { message: 'SUBGRAPH_DOORS_URL leads to rooms' },
    });
  });

  test('one that takes the service for a stranger, where that matters', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kopru-remote-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const revocations = new Revocations({ log, topic: 'sessions', lifetime: 1, load: async () => [] });
    const others = new Tokens(await keysFromDirectory(folder), revocations);
    await expect(ask('rooms', url, { ...anonymous(), asService: true }, others)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      originalError: { message: expect.stringContaining('JWT_PRIVATE_KEY differs') },
    });
    expect(await ask('rooms', url, anonymous(), others)).toMatchObject({ data: { who: expect.any(String) } });
  });
});
