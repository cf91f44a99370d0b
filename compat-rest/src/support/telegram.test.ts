import { unavailable, validationFailed } from '@kopru/runtime/errors.ts';
import { createHttpServer } from '@kopru/runtime/http.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';
import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveTelegram } from './telegram.ts';

let server: FastifyInstance;
let taken: unknown[];
let failure: Error | undefined;

const support: SubgraphClient = {
  name: 'support',
  async execute({ variables = {}, caller }) {
    expect(caller.asService).toBe(true);
    if (failure) return { errors: [failure as never] };
    if (variables.secret !== 'shh') return { data: { receiveTelegramUpdate: false } };
    taken.push(variables.update);
    return { data: { receiveTelegramUpdate: true } };
  },
  handshake: () => Promise.reject(new Error('Nobody subscribes here.')),
  project: () => Promise.reject(new Error('Nobody subscribes here.')),
};

beforeEach(() => {
  taken = [];
  failure = undefined;
  const logger = createLogger('test', 'silent');
  server = createHttpServer({ service: 'test', logger, metrics: new Registry(), needs: {} });
  serveTelegram(server, () => support);
});
afterEach(() => server.close());

const bring = async (payload: string, headers: Record<string, string> = {}) => {
  const type = { 'content-type': 'application/json' };
  const answer = await server.inject({
    method: 'POST',
    url: '/telegram/webhook',
    payload,
    headers: { ...type, ...headers },
  });
  return [answer.statusCode, answer.json()];
};
const known = { 'x-telegram-bot-api-secret-token': 'shh' };

test('what shows the secret is handed over as it came', async () => {
  const update = '{"update_id":1,"message":{"text":"Merhaba 🌉"}}';
  expect(await bring(update, known)).toEqual([200, { ok: true }]);
  expect(taken).toEqual([update]);
});

test('nobody else is heard', async () => {
  const unauthorized = [401, { error: 'Unauthorized' }];
  expect(await bring('{}')).toEqual(unauthorized);
  expect(await bring('{}', { 'x-telegram-bot-api-secret-token': 'guess' })).toEqual(unauthorized);
  expect(taken).toEqual([]);
});

test('what cannot be taken now is to be brought again, and what never can is refused', async () => {
  failure = unavailable();
  expect((await bring('{}', known))[0]).toBe(503);
  failure = validationFailed({ update: ['Not JSON.'] });
  expect((await bring('{', known))[0]).toBe(400);
  failure = undefined;
  expect((await bring(`"${'x'.repeat(300_000)}"`, known))[0]).toBe(413);
  expect(taken).toEqual([]);
});
