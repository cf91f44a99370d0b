import { createRequire } from 'node:module';
import { readSettings } from '@kopru/runtime/config.ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compatSettings } from '../config.ts';
import { type OpenCompat, openCompat } from '../server.ts';
import { FakeGraph } from '../testing/graph.ts';
import { openTestGround, type TestGround } from '../testing/ground.ts';
import { TestSocket } from '../testing/socket.ts';

const require = createRequire(import.meta.url);

let ground: TestGround;
let compat: OpenCompat;

beforeAll(async () => {
  ground = await openTestGround();
  const settings = readSettings(compatSettings, {
    LEGACY_PORT: '0',
    GATEWAY_WS_PORT: '0',
    GATEWAY_HTTP_PORT: '0',
    CORS_ORIGINS: 'https://chat.example',
  });
  compat = await openCompat({ ground, graph: new FakeGraph(), settings });
});
afterAll(async () => {
  await compat.close();
  await ground.close();
});

const call = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${compat.ports.gatewayHttp}${path}`, init);
// biome-ignore lint/suspicious/noExplicitAny: the tests say what it looks like.
const json = async (path: string): Promise<any> => (await call(path)).json();

test('says that it runs, how much is going on, and whether it can serve', async () => {
  expect(await json('/health')).toEqual({ status: 'ok', service: 'websocket-gateway', connections: 0, guilds: 0 });
  expect(await json('/stats')).toEqual({ connectedUsers: 0, totalConnections: 0, guildSubscriptions: 0 });
  expect(await json('/ready')).toEqual({ status: 'ready', service: 'websocket-gateway' });
  const socket = new TestSocket<{ op: string }>(`ws://127.0.0.1:${compat.ports.gatewaySocket}/`);
  await socket.heard('HELLO');
  expect(await (await call('/metrics')).text()).toMatch(/^kopru_legacy_sockets\{dialect="ws-gateway".*\} 1$/m);
  socket.socket.terminate();
});

test('the port of the sockets answers health, and else asks for an upgrade', async () => {
  const at = (path: string) => fetch(`http://127.0.0.1:${compat.ports.gatewaySocket}${path}`);
  expect(await (await at('/health')).json()).toMatchObject({ service: 'websocket-gateway' });
  for (const path of ['/', '/ws', '/swagger']) {
    const answer = await at(path);
    expect([answer.status, answer.headers.get('upgrade')], path).toEqual([426, 'websocket']);
  }
});

test('lets pages of the listed origins call', async () => {
  const asks = async (origin: string) =>
    (await call('/stats', { headers: { origin } })).headers.get('access-control-allow-origin');
  expect(await asks('https://chat.example')).toBe('https://chat.example');
  expect(await asks('https://elsewhere.example')).toBeNull();
});

describe('the pages', () => {
  test.each(['/swagger', '/asyncapi'])('%s loads nothing from elsewhere and runs nothing inline', async (path) => {
    const answer = await call(path);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const html = await answer.text();
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
    const parts = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, url = '']) => url);
    expect(parts.length).toBeGreaterThan(0);
    for (const url of parts) {
      expect(url).toMatch(/^\//);
      const part = await call(url);
      expect([part.status, part.headers.get('x-content-type-options') !== null || url.endsWith('json')], url).toEqual([
        200,
        true,
      ]);
      expect((await part.arrayBuffer()).byteLength, url).toBeGreaterThan(50);
    }
  });

  test('link to each other', async () => {
    expect(await (await call('/asyncapi')).text()).toContain('href="/swagger"');
    expect((await json('/swagger/json')).info.description).toContain('(/asyncapi)');
  });

  test('hold every operation and every event', async () => {
    const html = await (await call('/asyncapi')).text();
    for (const name of ['IDENTIFY', 'GUILD_UNSUBSCRIBE', 'message.create', 'channel.delete', '4010'])
      expect(html).toContain(name);
  });
});

describe('the descriptions', () => {
  test('the one of the HTTP side is OpenAPI 3.1 and has every path that is served', async () => {
    const description = await json('/swagger/json');
    const result = await new Validator().validate(description);
    expect(result.errors ?? []).toEqual([]);
    expect(description.openapi).toMatch(/^3\.1\./);
    for (const path of Object.keys(description.paths)) expect((await call(path)).status, path).toBe(200);
  });

  test('the one of the socket is AsyncAPI 3.0, and its references lead somewhere', async () => {
    const description = await json('/asyncapi.json');
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const valid = ajv.compile(require('@asyncapi/specs/schemas/3.0.0-without-$id.json'));
    expect(valid(description) ? [] : valid.errors).toEqual([]);
    expect(description.servers.gateway.host).toBe(`{host}:${compat.ports.gatewaySocket}`);
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    expect(references.length).toBeGreaterThan(50);
    for (const path of references) {
      const found = path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], description);
      expect(found, path).toBeDefined();
    }
  });

  test('the socket’s has the same channels and messages on both paths, and two operations more on /ws', async () => {
    const { channels } = await json('/asyncapi.json');
    const names = ({ messages }: { messages: object }): string[] => Object.keys(messages).sort();
    expect([channels.document.address, channels.web.address]).toEqual(['/', '/ws']);
    expect(names(channels.web)).toEqual([...names(channels.document), 'SUBSCRIBE', 'UNSUBSCRIBE'].sort());
  });
});
