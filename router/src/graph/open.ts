import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { publicError } from '@kopru/runtime/errors.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { isAudience } from '@kopru/schema/events.ts';
import { type DocumentNode, type ExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import { serviceMap } from './data-source.ts';
import type { Graph, GraphRequest, LiveSink } from './graph.ts';
import { LiveEngine } from './live/engine.ts';
import { LivePlan } from './plan/live-plan.ts';
import { printed, requestContext } from './request-context.ts';
import { createGateway, readSupergraph } from './supergraph.ts';

/** The composed schema that this installation was built with. */
const committedSupergraph = createRequire(import.meta.url).resolve('@kopru/schema/supergraph.graphql');

export interface OpenGraph extends Graph {
  readonly live: LiveEngine;
}

export interface GraphOptions {
  /** The composed schema; the committed one unless given. */
  readonly sdl?: string;
  /** After how many milliseconds, each time, a live subscription asks again for a subgraph that is away. */
  readonly patience?: readonly number[];
}

/** The federated graph over the subgraphs and the event log that the ground leads to. */
export async function openGraph(ground: Ground, { sdl, patience }: GraphOptions = {}): Promise<OpenGraph> {
  const { log, logger, metrics, subgraph } = ground;
  const supergraphSdl = sdl ?? (await readFile(committedSupergraph, 'utf8'));
  const supergraph = readSupergraph(supergraphSdl);
  const gateway = createGateway(supergraphSdl, subgraph, logger);
  const { executor } = await gateway.load();
  const environment = { subgraph, services: serviceMap(supergraph.subgraphs, subgraph), logger };
  const live = new LiveEngine({
    log,
    logger,
    metrics,
    patience,
    audienceOf: (topics) => topics.filter(isAudience),
    plan: ({ document, operationName, variables: given = {} }) => {
      const variables = declared(document, operationName, given);
      return {
        key: JSON.stringify([supergraph.hash, printed(document).hash, operationName ?? null, sorted(variables)]),
        plan: () => new LivePlan(supergraph, { document, operationName, variables }, environment),
      };
    },
  });

  async function execute({ document, operationName, variables, caller }: GraphRequest): Promise<ExecutionResult> {
    const { schema } = supergraph;
    const result = await executor(requestContext({ schema, document, operationName, variables, caller, logger }));
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => shown(error, caller)) };
  }

  return {
    schema: supergraph.schema,
    live,
    execute,
    run: <Data, Variables extends Record<string, unknown>>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables,
      caller: Caller,
    ) => execute({ document, variables, caller }) as Promise<ExecutionResult<Data>>,
    subscribe: (request: GraphRequest, sink: LiveSink) => live.subscribe(request, sink),
    position: () => log.position(),
    async close() {
      live.close();
      await gateway.stop();
    },
  };
}

/** An error as the outside may see it, still an instance, as graphql-js gives them. */
function shown(error: GraphQLError, { requestId }: Caller): GraphQLError {
  const { message, path, extensions } = publicError(error.toJSON(), requestId);
  return new GraphQLError(message, { ...(path && { path }), ...(extensions && { extensions }) });
}

/** The variables that the operation knows: what else a client sends along must not set it apart from the others. */
function declared(
  document: DocumentNode,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = getOperationAST(document, operationName)?.variableDefinitions?.map(
    ({ variable }) => variable.name.value,
  );
  return Object.fromEntries(
    (names ?? []).flatMap((name) => (Object.hasOwn(variables, name) ? [[name, variables[name]]] : [])),
  );
}

/** Variables with their keys in order, so that the order they were written in makes no difference. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
