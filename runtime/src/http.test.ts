import { Registry } from 'prom-client';
import { Pool } from 'undici';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createHttpServer, listen } from './http.ts';
import { createLogger } from './logger.ts';

const open = () =>
  createHttpServer({
    service: 'test',
    logger: createLogger('test', 'silent'),
    metrics: new Registry(),
    ready: async () => undefined,
  });

async function client(server: ReturnType<typeof open>): Promise<Pool> {
  const pool = new Pool(`http://127.0.0.1:${await listen(server, '127.0.0.1', 0, 'PORT')}`);
  onTestFinished(() => pool.destroy());
  return pool;
}

test('a stop waits for the request that is running, and not for its connection', async () => {
  const server = open();
  let release: (answer: object) => void = () => undefined;
  const entered = new Promise<void>((enter) => {
    server.get('/slow', () => {
      enter();
      return new Promise<object>((resolve) => {
        release = resolve;
      });
    });
  });
  const pool = await client(server);
  const answer = pool.request({ method: 'GET', path: '/slow' });
  await entered;
  const closed = server.close();
  await vi.waitFor(() => expect(server.server.listening).toBe(false));
  release({ done: true });
  expect(await (await answer).body.json()).toEqual({ done: true });
  await closed;
});

test('a client that sends more than is read is answered, and may go on', async () => {
  const server = open();
  onTestFinished(() => server.close());
  server.post('/', async () => ({}));
  const pool = await client(server);
  const headers = { 'content-type': 'application/json' };
  const large = await pool.request({ method: 'POST', path: '/', headers, body: 'x'.repeat(8 * 1024 * 1024) });
  expect(large.statusCode).toBe(413);
  expect(large.headers.connection).not.toBe('close');
  await large.body.dump();
  const next = await pool.request({ method: 'POST', path: '/', headers, body: '{}' });
  expect(next.statusCode).toBe(200);
  await next.body.dump();
});

test('a port that cannot be opened is said with the settings that ask for it', async () => {
  const server = open();
  onTestFinished(() => server.close());
  await expect(listen(server, '999.0.0.1', 4000, 'LEGACY_PORT')).rejects.toThrow(
    /^LEGACY_PORT asks for port 4000 of HOST 999\.0\.0\.1, which cannot be opened: nobody/,
  );
});

test('who sends a request forever is not waited for', async () => {
  const server = open();
  for (const timeout of [server.server.headersTimeout, server.server.requestTimeout]) {
    expect(timeout).toBeGreaterThan(0);
    expect(timeout).toBeLessThanOrEqual(60_000);
  }
  await server.close();
});
