import type { IncomingMessage } from 'node:http';
import { ask } from '@kopru/runtime/subgraph/ask.ts';
import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readText } from '../body.ts';
import { failureOf } from '../failure.ts';
import { refuse } from './errors.ts';

/** The largest update, in bytes; those of a text are a few thousand. */
const mostBytes = 256 * 1_024;
const receive =
  'mutation ($update: String!, $secret: String!) { receiveTelegramUpdate(update: $update, secret: $secret) }';

/**
 * Takes what Telegram brings and hands it to the support subgraph, which knows the secret, and the answer of which is the truth: Telegram brings
 * again what was not answered with 200.
 */
export function serveTelegram(server: FastifyInstance, support: () => SubgraphClient): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request: FastifyRequest, body: IncomingMessage) => readText(body, mostBytes));
    scope.setErrorHandler((error, request, reply) => answer(error, request, reply));
    scope.post('/telegram/webhook', async ({ headers, body }, reply) => {
      const secret = headers['x-telegram-bot-api-secret-token'];
      const taken = typeof secret === 'string' && (await take(support(), String(body ?? ''), secret));
      return taken ? { ok: true } : reply.code(401).send({ error: 'Unauthorized' });
    });
  });
}

async function take(support: SubgraphClient, update: string, secret: string): Promise<boolean> {
  const answer = await ask<{ receiveTelegramUpdate: boolean }>(support, receive, { update, secret });
  return answer.receiveTelegramUpdate;
}

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, headers = {}, body } = refuse(failureOf(error));
  if (status >= 500) request.log.error({ err: error }, 'an update of Telegram was not taken');
  return reply.code(status).headers(headers).send(body);
}
