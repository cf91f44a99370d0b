import { readSettings } from '@kopru/runtime/config.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { Me } from '@kopru/schema/operations/chat-v1.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compatSettings } from './config.ts';
import { type OpenCompat, openCompat } from './server.ts';
import { FakeGraph } from './testing/graph.ts';
import { openTestGround, type TestGround } from './testing/ground.ts';
import { TestSocket } from './testing/socket.ts';

const anyPort = { LEGACY_PORT: '0', GATEWAY_WS_PORT: '0', GATEWAY_HTTP_PORT: '0' };

let ground: TestGround;
let graph: FakeGraph;
let compat: OpenCompat;

beforeEach(async () => {
  ground = await openTestGround();
  graph = new FakeGraph();
  await open();
});
afterEach(async () => {
  await compat.close();
  await ground.close();
});

async function open(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  const settings = readSettings(compatSettings, { ...anyPort, ...environment });
  compat = await openCompat({ ground, graph, settings });
}
const call = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${compat.ports.legacy}${path}`, init);
const envelope = (error_code: number) => ({ error_code, msg: expect.stringMatching(/^[^A-Z]+$/) });

test('has what every service has', async () => {
  expect(await (await call('/health')).json()).toEqual({ status: 'ok', service: 'compat-rest' });
  expect((await call('/ready')).status).toBe(200);
  const client = new TestSocket(`ws://127.0.0.1:${compat.ports.legacy}/api/ws`);
  await client.heard(0);
  expect(await (await call('/metrics')).text()).toMatch(/^kopru_legacy_sockets\{dialect="chat-v1".*\} 1$/m);
  client.socket.terminate();
});

test('runs what the older clients ask for', async () => {
  const user = {
    id: newId(),
    username: 'ada',
    email: null,
    displayName: 'Ada',
    avatarUrl: null,
    bio: null,
    createdAt: '',
  };
  graph.on(Me, () => ({ viewer: user }));
  const { token } = await ground.tokens.signAccess(user.id, newId());
  const answer = await call('/api/rest/auth/me', { headers: { authorization: `Bearer ${token}` } });
  expect([answer.status, await answer.json()]).toMatchObject([200, { id: user.id, username: 'ada' }]);
  expect(answer.headers.get('x-request-id')).toBe(graph.asked[0]?.caller.requestId);
});

test('says in the dialect what is wrong with a path or a body', async () => {
  for (const [path, status, code] of [
    ['/api/rest/nowhere', 404, 7003],
    ['/api/rest/', 404, 7003],
    ['/api/rest/users/%ZZ', 400, 7003],
    [`/api/rest/users/${'4'.repeat(1_000)}`, 400, 7003],
  ] as const) {
    const answer = await call(path);
    expect([answer.status, await answer.json()], path).toEqual([status, envelope(code)]);
  }
  const wrong = await call('/api/rest/auth/me', { method: 'PUT' });
  expect([wrong.status, await wrong.json()]).toEqual([405, envelope(7003)]);
  const large = await call('/api/rest/auth/login', { method: 'POST', body: 'x'.repeat(10_000_000) });
  expect([large.status, await large.json()]).toEqual([413, envelope(6001)]);
  expect((await call('/%ZZ')).status).toBe(400);
});

const asks = (origin: string, method = 'GET') =>
  call('/api/rest/servers', {
    method,
    headers: { origin, 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'authorization' },
  });

test('lets pages of any origin call, unless there is a list', async () => {
  const any = await asks('https://chat.example');
  expect([any.status, any.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
  const preflight = await asks('https://chat.example', 'OPTIONS');
  expect(preflight.ok).toBe(true);
  expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization');

  await compat.close();
  await open({ CORS_ORIGINS: 'https://chat.example,https://other.example' });
  const listed = await asks('https://chat.example');
  expect(listed.headers.get('access-control-allow-origin')).toBe('https://chat.example');
  const unlisted = await asks('https://elsewhere.example');
  expect(unlisted.headers.get('access-control-allow-origin')).toBeNull();
});
