import { newId } from '@kopru/runtime/ids.ts';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openTestRouter, type TestRouter } from '../server.fixture.ts';
import { RawClient } from './socket.fixture.ts';

let router: TestRouter;
beforeAll(async () => {
  router = await openTestRouter();
});
beforeEach(() => {
  router.graph.gate = Promise.resolve();
});
afterAll(() => router[Symbol.asyncDispose]());

const connect = (init: Record<string, unknown> = {}): Promise<RawClient> => RawClient.open(router.socketUrl, init);

describe('the handshake', () => {
  test.each<[string, (token: string) => Record<string, string>]>([
    ['authorization', (token) => ({ authorization: `Bearer ${token}` })],
    ['Authorization', (token) => ({ Authorization: `Bearer ${token}` })],
    ['token', (token) => ({ token })],
  ])('takes a token as %s', async (_name, init) => {
    const token = await router.token();
    await using client = await connect(init(token));
    client.subscribe('1', '{ token address }');
    const [next] = await client.has('next');
    expect(next?.payload).toEqual({ data: { token, address: '127.0.0.1' } });
  });

  test('takes a token in the header of the request, and nobody without one', async () => {
    const token = await router.token();
    await using client = await RawClient.open(router.socketUrl, {}, { headers: { authorization: `Bearer ${token}` } });
    await using nobody = await connect();
    for (const [socket, expected] of [
      [client, token],
      [nobody, null],
    ] as const) {
      socket.subscribe('1', '{ token }');
      const [next] = await socket.has('next');
      expect(next?.payload).toEqual({ data: { token: expected } });
    }
  });

  test.each([
    ['no JWT', async () => ({ token: 'nonsense' }), 'UNAUTHENTICATED: Invalid access token.'],
    [
      'run out',
      async () => ({ token: await router.token('somebody', -10) }),
      'TOKEN_EXPIRED: The access token has expired.',
    ],
    ['of another scheme', async () => ({ authorization: 'Basic eDp5' }), expect.stringContaining('UNAUTHENTICATED')],
  ])('is refused with a token that is %s', async (_name, init, reason) => {
    await using client = await RawClient.open(router.socketUrl);
    client.send({ type: 'connection_init', payload: await init() });
    expect(await client.closed).toEqual({ code: 4403, reason });
  });

  test.each([
    ['a subscription before it', [{ id: '1', type: 'subscribe', payload: { query: '{ ping }' } }], 4401],
    ['two of them', [{ type: 'connection_init' }, { type: 'connection_init' }], 4429],
    ['what is no message', ['hello'], 4400],
    ['a message of the server', [{ type: 'connection_init' }, { type: 'connection_ack' }], 4500],
  ])('%s closes the socket', async (_name, messages, code) => {
    await using client = await RawClient.open(router.socketUrl);
    for (const message of messages) client.send(message as string);
    expect((await client.closed).code).toBe(code);
  });

  test('is refused to another subprotocol, path and, where listed, origin', async () => {
    const other = new RawClient(router.socketUrl, {}, []);
    expect((await other.closed).code).toBe(4406);
    await using listed = await openTestRouter({ CORS_ORIGINS: 'https://app.example' });
    const status = (url: string, headers = {}): Promise<string> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
        socket.on('error', ({ message }) => resolve(message));
        socket.on('open', () => {
          resolve('open');
          socket.terminate();
        });
      });
    expect(await status(router.socketUrl.replace('/graphql', '/other'))).toContain('404');
    expect(await status(listed.socketUrl, { origin: 'https://any.example' })).toContain('403');
    expect(await status(listed.socketUrl, { origin: 'https://app.example' })).toBe('open');
    expect(await status(listed.socketUrl, { origin: new URL(listed.url).origin })).toBe('open');
    expect(await status(listed.socketUrl)).toBe('open');
  });
});

test('the address is what a proxy says, where one is trusted', async () => {
  await using trusting = await openTestRouter({ TRUST_PROXY: 'true' });
  for (const [{ socketUrl, url }, address] of [
    [trusting, '203.0.113.7'],
    [router, '127.0.0.1'],
  ] as const) {
    const headers = { 'x-forwarded-for': '203.0.113.7, 10.0.0.1' };
    await using client = await RawClient.open(socketUrl, {}, { headers });
    client.subscribe('1', '{ address }');
    expect((await client.has('next'))[0]?.payload).toEqual({ data: { address } });
    const body = JSON.stringify({ query: '{ address }' });
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    expect(await response.json()).toEqual({ data: { address } });
  }
});

describe('a query or mutation', () => {
  test('is answered with next and complete', async () => {
    await using client = await connect();
    client.subscribe('a', 'mutation { bump }');
    await client.has('complete');
    expect(client.messages.slice(1)).toEqual([
      { id: 'a', type: 'next', payload: { data: { bump: expect.any(Number) } } },
      { id: 'a', type: 'complete' },
    ]);
  });

  test('tells nothing of a failure', async () => {
    await using client = await connect();
    client.subscribe('a', '{ fail }');
    const [next] = await client.has('next');
    expect(next?.payload.errors).toEqual([
      {
        message: 'Something went wrong on our side.',
        path: ['fail'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'INTERNAL', requestId: expect.any(String) },
      },
    ]);
  });

  test.each([
    ['a syntax error', '{', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a long page', '{ friends(first: 101) }', 'GRAPHQL_VALIDATION_FAILED'],
    ['depth', `{ me { ${'friend { '.repeat(15)} name ${'} '.repeat(15)} } }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['many tokens', `{ ${'ping '.repeat(1_500)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['no one operation', 'query A { ping } query B { ping }', 'OPERATION_RESOLUTION_FAILURE'],
    ['a missing variable', 'query ($n: Int!) { friends(first: $n) }', 'BAD_USER_INPUT'],
    ['an alias that tells a type', '{ me { __typename: name } }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('is refused as over HTTP with %s', async (_name, query, code) => {
    await using client = await connect();
    client.subscribe('a', query);
    const [error] = await client.has('error');
    expect(error?.payload[0].extensions).toEqual({ code });
    client.subscribe('a', '{ ping }');
    await client.has('complete');
    expect(client.of('complete')).toHaveLength(1);
    const counted = await router.ground.metrics.getSingleMetricAsString('kopru_graphql_operations_total');
    expect(counted).toContain(`{transport="websocket",type="unknown",outcome="${code}"`);
  });

  test('reads nothing of the schema where introspection is shut', async () => {
    await using shut = await openTestRouter({ INTROSPECTION: 'false' });
    await using client = await RawClient.open(shut.socketUrl, {});
    const refusal = async (id: string, query: string, variables?: Record<string, unknown>): Promise<string> => {
      client.subscribe(id, query, variables);
      const [error] = await client.has('error', { id });
      return JSON.stringify(error?.payload);
    };
    for (const query of [
      '{ __schema { types { name } } }',
      '{ ping { ...on Query { __type(name: "Person") { name } } } }',
    ])
      expect(await refusal(query, query)).toContain('introspection');
    expect(await refusal('misspelt', '{ pingg }')).not.toContain('Did you mean');
    const greet = 'mutation ($person: NewPerson!) { greet(person: $person) }';
    expect(await refusal('misnamed', greet, { person: { nam: 'Ada' } })).not.toContain('Did you mean');
  });

  test('whose id is still in use closes the socket', async () => {
    router.graph.gate = new Promise(() => undefined);
    await using client = await connect();
    client.subscribe('a', '{ slow }');
    client.send({ id: 'a', type: 'complete' });
    client.subscribe('a', '{ ping }');
    expect((await client.closed).code).toBe(4409);
  });

  test('with an id of any length closes the socket', async () => {
    await using client = await connect();
    client.subscribe('x'.repeat(129), '{ ping }');
    expect(await client.closed).toEqual({ code: 4400, reason: 'An id has at most 128 characters' });
  });
});

describe('a flood', () => {
  test('of messages closes the socket', async () => {
    await using client = await connect();
    for (let sent = 0; sent < 600; sent++) client.send({ type: 'pong' });
    expect(await client.closed).toEqual({ code: 1008, reason: 'more than 600 messages a minute' });
  });

  test('of operations is refused past a hundred at a time', async () => {
    await using client = await connect();
    for (let n = 0; n <= 100; n++) client.subscribe(`s${n}`, 'subscription { tick }');
    const [error] = await client.has('error');
    expect(error).toMatchObject({ id: 's100', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
  });

  test('of bytes closes the socket', async () => {
    await using client = await connect();
    client.send({ id: '1', type: 'subscribe', payload: { query: '{ ping }', variables: { x: 'x'.repeat(300_000) } } });
    expect((await client.closed).code).toBe(1009);
  });
});

describe('ping', () => {
  test('is answered with its payload, without a token in it', async () => {
    const user = newId();
    await using client = await connect({ token: await router.token(user) });
    client.send({ type: 'ping' });
    client.send({ type: 'ping', payload: { at: 1 } });
    client.send({ type: 'ping', payload: { at: 2, token: await router.token(user) } });
    expect(await client.has('pong', { count: 3 })).toEqual([
      { type: 'pong' },
      { type: 'pong', payload: { at: 1 } },
      { type: 'pong', payload: { at: 2 } },
    ]);
  });

  test('with a token of another user closes the socket', async () => {
    await using client = await connect({ token: await router.token() });
    client.send({ type: 'ping', payload: { token: await router.token() } });
    expect((await client.closed).code).toBe(4403);
  });
});

test('the client of graphql-ws gets what it asks for', async () => {
  const client = createClient({ url: router.socketUrl, webSocketImpl: WebSocket, retryAttempts: 0 });
  const results = client.iterate<{ tick: string }>({ query: 'subscription { tick }' });
  const first = results.next();
  await expect.poll(() => router.graph.open.length).toBe(1);
  router.graph.tick('one');
  expect((await first).value).toEqual({ data: { tick: 'one' } });
  await results.return?.();
  await expect.poll(() => router.graph.open.length).toBe(0);
  await client.dispose();
});
