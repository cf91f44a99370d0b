import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Graph, LiveHandle, LiveSink } from '@kopru/router/graph/graph.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { operationFailure, Refused } from './failure.ts';

/** Runs an operation and gives its data. @throws Refused when there is any error in the response. */
export type Run = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
) => Promise<Data>;

/** Operations on behalf of `caller`. */
export function runAs(graph: Graph, caller: Caller): Run {
  return async (document, variables) => {
    const { data, errors } = await graph.run(document, variables, caller);
    const [error] = errors ?? [];
    if (error) throw new Refused(operationFailure(error), { cause: error });
    if (!data) throw new Error('The graph answered with neither data nor errors.');
    return data;
  };
}

/** Opens a subscription on behalf of `caller`. @throws Refused when it is not granted */
export async function subscribeAs<Data, Variables extends Record<string, unknown>>(
  graph: Graph,
  caller: Caller,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  sink: LiveSink,
): Promise<LiveHandle> {
  const subscribed = await graph.subscribe({ document, variables, caller }, sink);
  if ('handle' in subscribed) return subscribed.handle;
  const [error = { message: 'The subscription was refused.' }] = subscribed.errors;
  throw new Refused(operationFailure(error), { cause: error });
}

/** Opens a subscription. @throws Refused when it is not granted */
export type Listen = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  sink: LiveSink,
) => Promise<LiveHandle>;

/** Subscriptions on behalf of `caller`. */
export const listenAs =
  (graph: Graph, caller: Caller): Listen =>
  (document, variables, sink) =>
    subscribeAs(graph, caller, document, variables, sink);

/** This service itself, for operations that are nobody's in particular. */
export const asService = (): Caller => ({
  requestId: newId(),
  client: { address: '', userAgent: 'compat-rest' },
  asService: true,
});

/** A thing the graph has; its absence without an error is the same as not found. @throws NOT_FOUND */
export function found<Thing>(thing: Thing | null | undefined, resource: string): Thing {
  if (thing == null) throw notFound(resource);
  return thing;
}

/** A page of a Relay connection. */
export interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Every node of a connection, page after page: older systems list all there is. `variables` is given the cursor to go on from. */
export async function everyNode<Data, Variables extends Record<string, unknown>, Node>(
  run: Run,
  document: TypedDocumentNode<Data, Variables>,
  variables: (after: string | null) => Variables,
  page: (data: Data) => Page<Node>,
): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const { edges, pageInfo }: Page<Node> = page(await run(document, variables(after)));
    nodes.push(...edges.map(({ node }) => node));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}
