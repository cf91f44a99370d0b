import './telemetry-off.ts';
import { createHash } from 'node:crypto';
import { Supergraph as FederationSupergraph, type Schema } from '@apollo/federation-internals';
import { ApolloGateway } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';
import type { GraphQLSchema } from 'graphql';
import { SubgraphDataSource } from './data-source.ts';

const plannerConfig = { exposeDocumentNodeInFetchNode: true } as const;

/** A composed supergraph in the forms that planning and execution need. It never changes; a new schema is a new one. */
export interface Supergraph {
  /** Tells one schema from another; part of every key under which something derived from it is kept. */
  readonly hash: string;
  /** What clients see. */
  readonly api: Schema;
  readonly schema: GraphQLSchema;
  /** The whole, with what is `@inaccessible`. */
  readonly full: GraphQLSchema;
  readonly planner: QueryPlanner;
  readonly subgraphs: readonly string[];
}

/** Reads a supergraph in the join specification's language. */
export function readSupergraph(sdl: string): Supergraph {
  const supergraph = FederationSupergraph.build(sdl);
  const api = supergraph.apiSchema();
  return {
    hash: createHash('sha256').update(sdl).digest('hex'),
    api,
    schema: api.toGraphQLJSSchema(),
    full: supergraph.schema.toGraphQLJSSchema(),
    planner: new QueryPlanner(supergraph, plannerConfig),
    subgraphs: [...supergraph.subgraphs().names()],
  };
}

/** Apollo's gateway over our subgraphs: it loads, plans and executes queries and mutations. */
export const createGateway = (sdl: string, subgraph: (name: string) => SubgraphClient, logger: Logger): ApolloGateway =>
  new ApolloGateway({
    supergraphSdl: sdl,
    buildService: ({ name }) => new SubgraphDataSource(() => subgraph(name)),
    queryPlannerConfig: plannerConfig,
    logger: quiet(logger),
    __exposeQueryPlanExperimental: false,
  });

/** Its notes on loading are of interest to nobody but a developer of the graph. */
const quiet = (logger: Logger) => ({
  debug: (message?: unknown) => logger.trace(message),
  info: (message?: unknown) => logger.debug(message),
  warn: (message?: unknown) => logger.warn(message),
  error: (message?: unknown) => logger.error(message),
});
