import { createHash } from 'node:crypto';
import type { ApolloGateway } from '@apollo/gateway';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { type DocumentNode, type GraphQLSchema, getOperationAST, print } from 'graphql';
import type { FetchContext } from './data-source.ts';

type RequestContext = Parameters<ApolloGateway['executor']>[0];

const texts = new WeakMap<DocumentNode, { text: string; hash: string }>();

/** A document's text as printed, whatever it was written like, and its hash; made once a document. */
export function printed(document: DocumentNode): { text: string; hash: string } {
  let known = texts.get(document);
  if (!known) {
    const text = print(document);
    known = { text, hash: createHash('sha256').update(text).digest('hex') };
    texts.set(document, known);
  }
  return known;
}

export interface OperationRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly caller: Caller;
  readonly logger: Logger;
}

/** What `@apollo/gateway` wants to know of a request, for one that came through no Apollo Server. */
export function requestContext({
  schema,
  document,
  operationName,
  variables,
  caller,
  logger,
}: OperationRequest): RequestContext {
  const { text, hash } = printed(document);
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('The document has no such operation.');
  const context: FetchContext = { caller, voices: new Map() };
  const request = { query: text, variables: { ...variables }, ...(operationName !== undefined && { operationName }) };
  return {
    request,
    logger,
    schema,
    context,
    queryHash: hash,
    document,
    source: text,
    operationName: operationName ?? null,
    operation,
    metrics: {},
    // Only Apollo Server's plugins look at these, and there is none here.
    schemaHash: '' as RequestContext['schemaHash'],
    cache: undefined as unknown as RequestContext['cache'],
    overallCachePolicy: undefined,
  };
}
