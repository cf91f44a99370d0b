import { once } from 'node:events';
import { connect } from 'node:net';
import { Registry } from 'prom-client';
import { Pool } from 'undici';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createHttpServer, type HttpOptions, listen } from './http.ts';
import { createLogger } from './logger.ts';

const open = (options: Partial<HttpOptions> = {}) =>
  createHttpServer({
    service: 'test',
    logger: createLogger('test', 'silent'),
    metrics: new Registry(),
    needs: {},
    ...options,
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

test('a request that began before a stop is answered, and the answer closes its connection', async () => {
  const server = open();
  server.get('/quick', async () => ({ quick: true }));
  const port = await listen(server, '127.0.0.1', 0, 'PORT');
  const begin = async (path: string) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    onTestFinished(() => void socket.destroy());
    const ended = once(socket, 'close');
    let answer = '';
    socket.on('data', (text) => {
      answer += text;
    });
    // One answer first, so that the server has this connection and what follows is part of a request.
    socket.write('GET /health HTTP/1.1\r\nhost: test\r\n\r\n');
    await expect.poll(() => answer).toContain('"ok"');
    answer = '';
    socket.write(`GET ${path} HTTP/1.1\r\nhost: test\r\n`);
    return async (): Promise<string> => {
      socket.write('\r\n');
      await ended;
      return answer;
    };
  };
  const requests = [await begin('/quick'), await begin('/ready')];
  // What was written has arrived before what is asked now.
  await (await fetch(`http://127.0.0.1:${port}/health`, { headers: { connection: 'close' } })).text();
  const closed = server.close();
  await vi.waitFor(() => expect(server.server.listening).toBe(false));
  const [quick, ready] = await Promise.all(requests.map((finish) => finish()));
  expect(quick).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(quick?.toLowerCase()).toContain('connection: close');
  expect(quick).toContain('{"quick":true}');
  // Whoever balances the load is told to look elsewhere.
  expect(ready).toMatch(/^HTTP\/1\.1 503 /);
  expect(ready).toContain('"stopping"');
  await closed;
});

test('readiness says what is away, and does not wait for what gives no answer', async () => {
  const server = open({ needs: { database: () => new Promise(() => undefined), redis: async () => undefined } });
  onTestFinished(() => server.close());
  const startedAt = performance.now();
  const answer = await server.inject('/ready');
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toEqual({ status: 'not ready', service: 'test', away: ['database'] });
});

test('metrics are for those nearby, and not for what a proxy passes on', async () => {
  const server = open();
  onTestFinished(() => server.close());
  const read = async (remoteAddress: string, headers = {}): Promise<number> =>
    (await server.inject({ url: '/metrics', remoteAddress, headers })).statusCode;
  expect(await read('127.0.0.1')).toBe(200);
  expect(await read('::ffff:10.1.2.3')).toBe(200);
  expect(await read('203.0.113.7')).toBe(403);
  expect(await read('127.0.0.1', { 'x-forwarded-for': '203.0.113.7' })).toBe(403);
  expect(await read('127.0.0.1', { forwarded: 'for=203.0.113.7' })).toBe(403);
});

test('where there is a token for the metrics, it is what counts', async () => {
  const server = open({ metricsToken: 'a token for metrics' });
  onTestFinished(() => server.close());
  const read = (remoteAddress: string, authorization?: string) =>
    server.inject({ url: '/metrics', remoteAddress, headers: { ...(authorization && { authorization }) } });
  expect((await read('203.0.113.7', 'Bearer a token for metrics')).statusCode).toBe(200);
  for (const wrong of [undefined, 'Bearer a token', 'a token for metrics']) {
    const refused = await read('127.0.0.1', wrong);
    expect(refused.statusCode).toBe(401);
    expect(refused.headers['www-authenticate']).toContain('Bearer');
    expect(refused.body).not.toContain('process_');
  }
});
