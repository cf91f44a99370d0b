import { unauthenticated } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Caller, Client } from '@kopru/runtime/subgraph/client.ts';
import type { FastifyRequest } from 'fastify';

/** The token of an `Authorization` header, or undefined where there is none. @throws UNAUTHENTICATED for another scheme. */
export function bearerToken(authorization: unknown): string | undefined {
  if (authorization === undefined || authorization === null || authorization === '') return undefined;
  const token = typeof authorization === 'string' ? /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1] : undefined;
  if (token === undefined) throw unauthenticated('The Authorization header takes the form "Bearer <access token>".');
  return token;
}

/** On whose behalf an HTTP request of `client` runs. @throws UNAUTHENTICATED for an `Authorization` header of another scheme. */
export const callerOf = (request: FastifyRequest, client: Client): Caller => ({
  requestId: request.id,
  client,
  token: bearerToken(request.headers.authorization),
});

/** A caller whose token may be renewed while what it started still runs. */
export const renewableCaller = (client: Client, token: () => string | undefined): Caller => ({
  requestId: newId(),
  client,
  get token() {
    return token();
  },
});
