import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AgentAccess } from './agent.sessions.ts';
import { servePages } from './pages.ts';

let folder: string;
let server: FastifyInstance;
let access: AgentAccess | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopru-test-'));
  await mkdir(join(folder, 'assets'));
  for (const name of [
    'index.html',
    'login.html',
    'admin.html',
    'embed.js',
    'assets/app-1a2b.js',
    'assets/app-1a2b.css',
  ])
    await writeFile(join(folder, name), name);
  access = null;
  await open();
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function open(from: string | null = folder): Promise<void> {
  await server?.close();
  server = Fastify();
  await servePages(server, {
    folder: from,
    agents: { byCookie: async () => access },
    embedOrigins: ['https://shop.example'],
    storageOrigins: ['https://res.cloudinary.com'],
  });
}
const get = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

test('the page of visitors may stand in a frame of those who are listed', async () => {
  const { statusCode, headers, body } = await get('/');
  expect([statusCode, body]).toEqual([200, 'index.html']);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("frame-ancestors 'self' https://shop.example");
  expect(policy).toContain("img-src 'self' blob: https://res.cloudinary.com");
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  expect(policy).not.toContain('unsafe');
});

test('the pages of agents stand in no frame, and the desk leads whoever is none to the other', async () => {
  const login = await get('/login');
  expect([login.statusCode, login.body]).toEqual([200, 'login.html']);
  expect(login.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  const closed = await get('/admin');
  expect([closed.statusCode, closed.headers.location]).toEqual([302, '/login']);
  access = { sessionId: 'one', token: 'token', renewAt: Number.POSITIVE_INFINITY };
  const admin = await get('/admin');
  expect([admin.statusCode, admin.body]).toEqual([200, 'admin.html']);
  expect(admin.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect((await get('/login')).body).toBe('login.html');
});

test('what is named for its content is kept for good, what is not is asked for again', async () => {
  const script = await get('/assets/app-1a2b.js');
  expect([script.statusCode, script.headers['content-type'], script.headers['cache-control']]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
  ]);
  const embed = await get('/embed.js');
  expect(embed.headers).toMatchObject({
    'cache-control': 'public, max-age=300',
    'cross-origin-resource-policy': 'cross-origin',
  });
  const again = await get('/embed.js', { 'if-none-match': String(embed.headers.etag) });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

test('there is nothing beside what was built', async () => {
  for (const path of [
    '/assets/',
    '/assets/none.js',
    '/assets/../index.html',
    '/assets/%2e%2e%2findex.html',
    '/index.html',
  ])
    expect((await get(path)).statusCode, path).toBe(404);
  const icon = await get('/favicon.ico');
  expect([icon.statusCode, icon.body]).toEqual([204, '']);
  await open(null);
  expect((await get('/')).statusCode).toBe(404);
});
