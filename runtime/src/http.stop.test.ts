import { Registry } from 'prom-client';
import { Client } from 'undici';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createHttpServer, listen } from './http.ts';
import { createLogger } from './logger.ts';
import { askToStop } from './stop.ts';

test('a process that stops takes no connection, and answers whoever has one once more', async () => {
  const server = createHttpServer({
    service: 'test',
    logger: createLogger('test', 'silent'),
    metrics: new Registry(),
    needs: {},
  });
  server.get('/', async () => ({}));
  const url = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0, 'PORT')}`;
  const client = async () => {
    const client = new Client(url);
    onTestFinished(() => client.destroy());
    return client;
  };
  const [busy, late] = [await client(), await client()];
  const ask = async (client: Client) => {
    const { headers, body } = await client.request({ method: 'GET', path: '/' });
    await body.dump();
    return headers.connection;
  };
  expect(await ask(busy)).toBe('keep-alive');

  askToStop();
  const closed = server.close();
  await vi.waitFor(() => expect(server.server.listening).toBe(false));
  await expect(ask(late)).rejects.toThrow('ECONNREFUSED');
  expect(await ask(busy)).toBe('close');
  await closed;
});
