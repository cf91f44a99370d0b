import { readSettings } from '@kopru/runtime/config.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routerSettings } from './config.ts';
import { openTestRouter, type TestRouter } from './server.fixture.ts';
import { openRouter } from './server.ts';

let router: TestRouter;
beforeAll(async () => {
  router = await openTestRouter();
});
afterAll(() => router[Symbol.asyncDispose]());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] };
}

async function post(body: unknown, headers: Record<string, string> = {}, url = router.url): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

describe('an operation over HTTP', () => {
  test('is run on behalf of its caller', async () => {
    const token = await router.token();
    const { status, body } = await post({ query: '{ ping token address }' }, bearer(token));
    expect(status).toBe(200);
    expect(body).toEqual({ data: { ping: 'pong', token, address: '127.0.0.1' } });
  });

  test("is answered with the request id, the caller's own where it is a UUID", async () => {
    const id = '018f4b5e-0000-7000-8000-000000000001';
    expect((await post({ query: '{ ping }' }, { 'x-request-id': id })).headers.get('x-request-id')).toBe(id);
    const forged = await post({ query: '{ ping }' }, { 'x-request-id': 'forged' });
    expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ['no JWT', async () => 'nonsense', 'UNAUTHENTICATED'],
    ['run out', () => router.token('somebody', -10), 'TOKEN_EXPIRED'],
  ])('is refused once at the door where the token is %s', async (_name, token, code) => {
    const { status, body } = await post({ query: '{ ping }' }, bearer(await token()));
    expect(status).toBe(401);
    expect(body).toEqual({ errors: [{ message: expect.any(String), extensions: { code } }] });
  });

  test('is refused with a scheme that is none of ours', async () => {
    const { status, body } = await post({ query: '{ ping }' }, { authorization: 'Basic eDp5' });
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('tells nothing of a failure but the request id', async () => {
    for (const NODE_ENV of ['development', 'production'] as const) {
      await using other = await openTestRouter({ NODE_ENV });
      const { headers, body } = await post({ query: '{ fail }' }, {}, other.url);
      expect(body).toEqual({
        data: { fail: null },
        errors: [
          {
            message: 'Something went wrong on our side.',
            path: ['fail'],
            locations: [{ line: 1, column: 3 }],
            extensions: { code: 'INTERNAL', requestId: headers.get('x-request-id') },
          },
        ],
      });
    }
  });

  test('keeps the code and details of errors of the catalogue', async () => {
    const { body } = await post({ query: '{ refuse }' });
    expect(body.errors?.[0]).toMatchObject({
      message: 'Not yours.',
      extensions: { code: 'FORBIDDEN', resource: 'Channel' },
    });
    expect(body.errors?.[0]?.extensions).not.toHaveProperty('stacktrace');
  });

  test.each<readonly [string, unknown, number, string]>([
    ['a body that is no JSON', '{', 400, 'BAD_REQUEST'],
    ['an empty object', {}, 400, 'BAD_REQUEST'],
    ['a batch', [{ query: '{ ping }' }], 400, 'BAD_REQUEST'],
    ['a syntax error', { query: '{' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nothing }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'another operation',
      { query: 'query A { ping } query B { ping }', operationName: 'C' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['one of several', { query: 'query A { ping } query B { ping }' }, 400, 'OPERATION_RESOLUTION_FAILURE'],
    [
      'a name that objects have',
      { query: 'query A { ping }', operationName: '__proto__' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a subscription', { query: 'subscription { tick }' }, 400, 'BAD_REQUEST'],
    ['a missing variable', { query: 'query ($n: Int!) { friends(first: $n) }' }, 400, 'BAD_USER_INPUT'],
    [
      'a missing variable that objects have',
      { query: 'query ($constructor: Int!) { friends(first: $constructor) }' },
      400,
      'BAD_USER_INPUT',
    ],
    ...[1.5, '1', '1e3', [1], { n: 1 }, true, 'x'.repeat(100_000)].map(
      (n) =>
        [
          `a variable that is ${JSON.stringify(n).slice(0, 20)}`,
          { query: 'query ($n: Int) { friends(first: $n) }', variables: { n } },
          400,
          'BAD_USER_INPUT',
        ] as const,
    ),
    ['a prototype among the variables', '{"query":"{ ping }","variables":{"__proto__":{"n":1}}}', 400, 'BAD_REQUEST'],
    ['a persisted query of an unknown kind', { extensions: { persistedQuery: 'x' } }, 400, 'BAD_REQUEST'],
    [
      'a persisted query with the hash of another',
      { query: '{ ping }', extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
      400,
      'BAD_REQUEST',
    ],
    ['too many tokens', { query: `{ ${'ping '.repeat(1500)} }` }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['a long document', { query: `{ ping } # ${'x'.repeat(50_000)}` }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a deep operation',
      { query: `{ me { ${'friend { '.repeat(15)} name ${'} '.repeat(15)} } }` },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['an alias that tells a type', { query: '{ me { __typename: name } }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a long page', { query: '{ friends(first: 101) }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a long page by variable',
      { query: 'query ($n: Int) { friends(first: $n) }', variables: { n: 101 } },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a large body', { query: '{ ping }', variables: { x: 'x'.repeat(300_000) } }, 413, 'BAD_REQUEST'],
  ])('%s is refused', async (_name, request, status, code) => {
    const answer = await post(request);
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([status, code]);
    expect(answer.body.data).toBeUndefined();
    expect(JSON.stringify(answer.body).length).toBeLessThan(2_000);
  });

  test('says of a limit what it found and what is allowed', async () => {
    const { body } = await post({ query: '{ friends(first: 101) }' });
    expect(body.errors?.[0]?.message).toBe('friends(first:) asks for 101 entries; at most 100 are allowed.');
  });
});

test('who subscribes over HTTP is told where to', async () => {
  const { status, body } = await post({ query: 'subscription { tick }' });
  expect(status).toBe(400);
  expect(body.errors).toEqual([
    { message: expect.stringContaining('graphql-transport-ws'), extensions: { code: 'BAD_REQUEST' } },
  ]);
});

describe('a GET', () => {
  const get = (query: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${router.url}?query=${encodeURIComponent(query)}`, { headers, redirect: 'manual' });

  test('is refused where another site could have sent it', async () => {
    const response = await get('{ ping }');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('CSRF');
  });

  test('runs queries, and no mutations', async () => {
    const headers = { 'apollo-require-preflight': 'true' };
    expect(await (await get('{ ping }', headers)).json()).toEqual({ data: { ping: 'pong' } });
    expect((await get('mutation { bump }', headers)).status).toBe(405);
    expect(router.graph.bumps).toBe(0);
  });

  test('by a browser brings Apollo Sandbox, from the root too', async () => {
    const root = await fetch(new URL('/', router.url), { headers: { accept: 'text/html' } });
    expect(root.url).toBe(router.url);
    expect(root.headers.get('content-type')).toContain('text/html');
    expect(await root.text()).toContain('EmbeddedSandbox');
  });
});

test('a simple form post of another site is refused', async () => {
  const response = await fetch(router.url, { method: 'POST', body: '{"query":"mutation { bump }"}' });
  expect(response.status).toBe(400);
  expect(router.graph.bumps).toBe(0);
});

describe('introspection', () => {
  test('is open by default', async () => {
    expect((await post({ query: '{ __schema { queryType { name } } }' })).body.data).toBeDefined();
  });

  test('can be shut, and no error suggests a name then', async () => {
    await using shut = await openTestRouter({ INTROSPECTION: 'false' });
    const { body } = await post({ query: '{ __schema { queryType { name } } }' }, {}, shut.url);
    expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const misspelt = await post({ query: '{ pingg }' }, {}, shut.url);
    expect(misspelt.body.errors?.[0]?.message).not.toContain('ping"?');
    const variables = { person: { nam: 'Ada' } };
    const misnamed = { query: 'mutation ($person: NewPerson!) { greet(person: $person) }', variables };
    expect((await post(misnamed)).body.errors?.[0]?.message).toContain('Did you mean "name"?');
    expect((await post(misnamed, {}, shut.url)).body.errors?.[0]?.message).not.toContain('Did you mean');
  });
});

describe('other origins', () => {
  const preflight = (url: string, origin: string): Promise<Response> =>
    fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  test('may all call unless a list says which', async () => {
    await using listed = await openTestRouter({ CORS_ORIGINS: 'https://app.example, https://other.example' });
    const allowed = async (url: string, origin: string): Promise<string | null> =>
      (await preflight(url, origin)).headers.get('access-control-allow-origin');
    expect(await allowed(router.url, 'https://any.example')).toBe('*');
    expect(await allowed(listed.url, 'https://app.example')).toBe('https://app.example');
    expect(await allowed(listed.url, 'https://any.example')).toBeNull();
  });
});

test('metrics count operations by type and outcome', async () => {
  await using own = await openTestRouter();
  await post({ query: '{ ping }' }, {}, own.url);
  await post({ query: 'mutation { bump }' }, {}, own.url);
  await post({ query: '{ refuse }' }, {}, own.url);
  await post({ query: '{ ping }' }, bearer('nonsense'), own.url);
  const text = await (await fetch(new URL('/metrics', own.url))).text();
  const count = (type: string, outcome: string): string | undefined =>
    new RegExp(`operations_total\\{transport="http",type="${type}",outcome="${outcome}"[^}]*\\} (\\d+)`).exec(
      text,
    )?.[1];
  expect(count('query', 'ok')).toBe('1');
  expect(count('mutation', 'ok')).toBe('1');
  expect(count('query', 'FORBIDDEN')).toBe('1');
  expect(count('unknown', 'UNAUTHENTICATED')).toBe('1');
});

test('another can be opened on the same ground when one is closed', async () => {
  await using own = await openTestRouter();
  await own.close();
  const settings = readSettings(routerSettings, { PORT: '0' });
  const again = await openRouter({ ground: own.ground, graph: own.graph, settings });
  const url = `http://127.0.0.1:${again.port}/graphql`;
  expect((await post({ query: '{ ping }' }, {}, url)).body).toEqual({ data: { ping: 'pong' } });
  await again.close();
});

test('a stop lets what runs finish', async () => {
  await using own = await openTestRouter();
  const gate = Promise.withResolvers<void>();
  own.graph.gate = gate.promise;
  const answer = post({ query: '{ slow }' }, {}, own.url);
  await expect.poll(() => own.graph.asked).toBe(1);
  const closed = own.close();
  gate.resolve();
  expect((await answer).body).toEqual({ data: { slow: 'done' } });
  await closed;
  await expect(post({ query: '{ ping }' }, {}, own.url)).rejects.toThrow();
});
