import type { FormattedExecutionResult } from 'graphql';
import { Pool } from 'undici';
import type { Tokens } from '../auth/tokens.ts';
import { subgraphUrlKey } from '../config.ts';
import { unavailable } from '../errors.ts';
import type { LogEvent } from '../events/event.ts';
import type { Caller, Handshake, SubgraphClient, SubgraphRequest } from './client.ts';

/** Says in an answer which subgraph gave it, so that a URL that leads elsewhere is noticed. */
export const answeredBy = 'x-subgraph';
/** Says in an answer that the token of a service was not accepted. */
export const strangerHeader = 'x-stranger';

/** How long a subgraph may take to answer, in milliseconds. */
const answerWithin = 10_000;

/** A subgraph in another process, over kept-alive HTTP. */
export class RemoteSubgraph implements SubgraphClient {
  readonly name: string;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #tokens: () => Tokens;

  /** `url` ends in the path of its GraphQL endpoint, or has none for `/graphql`. */
  constructor(name: string, url: string, tokens: () => Tokens) {
    const { origin, pathname } = new URL(url);
    this.name = name;
    this.#pool = new Pool(origin, {
      connections: 64,
      headersTimeout: answerWithin,
      bodyTimeout: answerWithin,
      keepAliveTimeout: 30_000,
    });
    this.#path = pathname === '/' ? '' : pathname.replace(/\/(graphql)?$/, '');
    this.#tokens = tokens;
  }

  execute(request: SubgraphRequest): Promise<FormattedExecutionResult> {
    return this.#post('/graphql', request, {});
  }

  handshake(request: SubgraphRequest): Promise<Handshake> {
    return this.#post('/live/handshake', request, {});
  }

  project(request: SubgraphRequest, event: LogEvent): Promise<FormattedExecutionResult> {
    return this.#post('/live/project', request, { event });
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }

  async #post<Answer>(path: string, request: SubgraphRequest, more: object): Promise<Answer> {
    const { query, variables, operationName, caller, signal } = request;
    try {
      const { statusCode, headers, body } = await this.#pool.request({
        method: 'POST',
        path: this.#path + path,
        headers: {
          'content-type': 'application/json',
          ...headersOf(caller),
          'x-service-token': await this.#tokens().serviceToken(),
        },
        body: JSON.stringify({ query, variables, operationName, ...more }),
        ...(signal && { signal }),
      });
      const text = await body.text();
      if (statusCode >= 500) throw new Error(`answered ${statusCode}`);
      if (headers[answeredBy] !== this.name)
        throw new Error(`${subgraphUrlKey(this.name)} leads to ${headers[answeredBy] ?? 'something else'}`);
      const asOne = caller.asService || caller.audience || path !== '/graphql';
      if (asOne && headers[strangerHeader])
        throw new Error(`it takes us for a stranger: JWT_PRIVATE_KEY differs, or one of the clocks is minutes off`);
      return JSON.parse(text) as Answer;
    } catch (error) {
      if (signal?.aborted) throw error;
      throw unavailable(
        brokenOff.has((error as { code?: unknown }).code)
          ? `The ${this.name} service did not answer; what it was asked may have been done.`
          : `The ${this.name} service cannot be reached.`,
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
}

/** How a request fails that was sent. */
const brokenOff: ReadonlySet<unknown> = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
  'ECONNRESET',
  'EPIPE',
]);

function headersOf(caller: Caller): Record<string, string> {
  return {
    'x-request-id': caller.requestId,
    'x-client-address': caller.client.address,
    // Header values are Latin-1 without control characters; a user agent may be anything.
    'x-client-agent': caller.client.userAgent.replace(/[^\x20-\x7e]/g, '?').slice(0, 300),
    ...(caller.token !== undefined && { authorization: `Bearer ${caller.token}` }),
    ...(caller.asService && { 'x-act-as': 'service' }),
    ...(caller.audience && { 'x-audience': JSON.stringify(caller.audience) }),
  };
}
