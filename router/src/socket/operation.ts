import { KopruError, protocolError } from '@kopru/runtime/errors.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { type GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { GraphRequest } from '../graph/graph.ts';
import type { Documents } from '../limits/documents.ts';
import type { RequestLimits } from '../limits/request.ts';

/** Operations that one socket may have running, subscriptions among them. */
const mostOperations = 100;

/** One `subscribe` message that may run. */
export interface Operation {
  readonly id: string;
  readonly type: string;
  readonly request: GraphRequest;
  readonly startedAt: number;
  /** Whether the client still wants to hear of it. */
  readonly wanted: () => boolean;
}

/** What a `subscribe` message is read against. */
export interface Reading {
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly requests: RequestLimits;
}

export interface SubscribeRequest {
  readonly id: string;
  readonly payload: SubscribePayload;
  readonly caller: Caller;
  /** The socket's operations by id, this one among them, as graphql-ws keeps them. */
  readonly running: () => Readonly<Record<string, unknown>>;
}

/** What a `subscribe` message asks to run, or why it is refused. */
export function readOperation(
  { schema, documents, requests }: Reading,
  { id, payload, caller, running }: SubscribeRequest,
): Operation | readonly GraphQLError[] {
  if (Object.keys(running()).length > mostOperations)
    return [new KopruError('RATE_LIMITED', `A socket runs at most ${mostOperations} operations at a time.`)];
  const { query: source } = payload;
  const document = documents.read(schema, source);
  if (!('kind' in document)) return document;
  const operationName = payload.operationName ?? undefined;
  const node = getOperationAST(document, operationName);
  if (!node) return [protocolError('OPERATION_RESOLUTION_FAILURE', 'The document has no such one operation to run.')];
  const variables = payload.variables ?? undefined;
  const refusal = requests.check(schema, document, node, variables);
  if (refusal) return [refusal];
  return {
    id,
    type: node.operation,
    request: { document, source, operationName, variables, caller },
    startedAt: performance.now(),
    wanted: () => id in running(),
  };
}
