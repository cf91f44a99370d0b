import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from 'graphql-ws';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startKopru } from '../../start.ts';

const entry = fileURLToPath(new URL('../../start.ts', import.meta.url));
const tsconfig = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** `npm start` from a directory of its own, which has nothing but what a test puts there. */
class Started implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  output = '';

  constructor(folder: string, environment: Record<string, string> = {}) {
    this.process = spawn(process.execPath, ['--import', tsx, entry], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        TSX_TSCONFIG_PATH: tsconfig,
        PORT: '0',
        LEGACY_PORT: '0',
        GATEWAY_WS_PORT: '0',
        GATEWAY_HTTP_PORT: '0',
        LOG_LEVEL: 'silent',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    this.exited = once(this.process, 'close').then(([code]) => code as number | null);
  }

  /** Resolves once it is ready, with what it says is served where. */
  async ready(): Promise<(what: string) => string> {
    await expect.poll(() => this.output, { timeout: 30_000, interval: 20 }).toContain('Köprü is ready in');
    await expect.poll(() => this.output).toContain('/metrics');
    return (what) => new RegExp(`${what} +(\\S+)`).exec(this.output)?.[1] ?? `no ${what} in ${this.output}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
  }
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kopru-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('everything is served from an empty directory, and a stop ends it in order', { timeout: 60_000 }, async () => {
  await using kopru = new Started(folder);
  const at = await kopru.ready();
  const answer = await fetch(at('GraphQL'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { id } }' }),
  });
  expect(await answer.json()).toMatchObject({ data: { viewer: null } });
  const sandbox = await fetch(at('Apollo Sandbox'), { headers: { accept: 'text/html' } });
  expect(await sandbox.text()).toContain('EmbeddedSandbox');
  const chat = await fetch(`${at('Chat v1 REST')}/auth/me`);
  expect([chat.status, await chat.json()]).toEqual([401, expect.objectContaining({ error_code: 1004 })]);
  expect(await (await fetch(at('Support chat'))).text()).toContain('<script type="module"');
  expect((await fetch(at('Support chat, agents'))).url).toMatch(/\/login$/);
  const page = await fetch(at('Gateway documentation'));
  expect(await page.text()).toContain('swagger-ui');
  for (const origin of [at('GraphQL'), at('Chat v1 REST'), at('Gateway documentation')])
    for (const path of ['/health', '/ready', '/metrics']) expect((await fetch(new URL(path, origin))).status).toBe(200);

  const closed = Promise.withResolvers<unknown>();
  const client = createClient({
    url: at('GraphQL subscriptions'),
    webSocketImpl: WebSocket,
    lazy: false,
    retryAttempts: 0,
    onNonLazyError: () => undefined,
    on: { connected: () => kopru.process.kill('SIGTERM'), closed: closed.resolve },
  });
  expect(await closed.promise).toMatchObject({ code: 1001 });
  expect(await kopru.exited).toBe(0);
  await client.dispose();
});

test('a second start on the same data is refused, until the first is gone', { timeout: 90_000 }, async () => {
  await using first = new Started(folder);
  await first.ready();
  await using second = new Started(folder);
  expect(await second.exited).toBe(78);
  expect(second.output).toBe('Cannot start:\nDATA_DIR is "data", which another Köprü is using; each needs its own.\n');
  first.process.kill('SIGKILL');
  await first.exited;
  await using third = new Started(folder);
  await third.ready();
});

test('a port that is taken is said in a sentence', { timeout: 60_000 }, async () => {
  await using first = new Started(folder);
  const { port } = new URL((await first.ready())('Chat v1 REST'));
  await using second = new Started(folder, { DATA_DIR: 'other', LEGACY_PORT: port });
  expect(await second.exited).toBe(78);
  expect(second.output).toBe(
    `Cannot start:\nLEGACY_PORT asks for port ${port} of HOST 127.0.0.1, which cannot be opened: another program listens there already.\n`,
  );
});

test('a folder that cannot be one is said in a sentence', async () => {
  const DATA_DIR = join(folder, 'file');
  await writeFile(DATA_DIR, '');
  await expect(startKopru({ DATA_DIR, LOG_LEVEL: 'silent' })).rejects.toThrow(
    `DATA_DIR is ${JSON.stringify(DATA_DIR)}, which is not a folder: EEXIST`,
  );
});

test('a key that is none is said in a sentence', async () => {
  const JWT_PRIVATE_KEY = '-----BEGIN PRIVATE KEY-----\\nnonsense\\n-----END PRIVATE KEY-----';
  await expect(startKopru({ DATA_DIR: folder, LOG_LEVEL: 'silent', JWT_PRIVATE_KEY })).rejects.toThrow(
    'JWT_PRIVATE_KEY is (hidden); it takes an Ed25519 private key in PKCS #8 PEM.',
  );
});

test('a start that fails leaves nothing behind', { timeout: 60_000 }, async () => {
  const settings = { DATA_DIR: folder, PORT: '0', LEGACY_PORT: '0', LOG_LEVEL: 'silent' };
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expect(startKopru({ ...settings, LEGACY_PORT: String(port) })).rejects.toThrow(
    `port ${port} of HOST 127.0.0.1`,
  );
  taken.close();
  await using kopru = await startKopru(settings);
  expect((await fetch(new URL('/ready', kopru.urls.graphql))).status).toBe(200);
  await kopru.close();
  await expect(fetch(kopru.urls.graphql)).rejects.toThrow();
});

test('.env is read, goes behind the environment, and may not be misspelt', { timeout: 60_000 }, async () => {
  const file = join(folder, '.env');
  await writeFile(file, 'PROT=4000\nLOG_LEVEL=warn\n');
  await using misspelt = new Started(folder);
  expect(await misspelt.exited).toBe(78);
  expect(misspelt.output).toBe('Cannot start:\nPROT is not a setting; .env.example lists all there are.\n');

  await writeFile(file, 'HEARTBEAT_SECONDS=often\nLEGACY_PORT=legacy\nHOST=localhost\n');
  await using wrong = new Started(folder);
  expect(await wrong.exited).toBe(78);
  expect(wrong.output).toBe('Cannot start:\nHEARTBEAT_SECONDS is "often"; it takes a whole number from 1 to 600.\n');

  await writeFile(file, 'HOST=localhost\n');
  await using kopru = new Started(folder);
  expect((await kopru.ready())('GraphQL')).toContain('http://localhost:');
});
