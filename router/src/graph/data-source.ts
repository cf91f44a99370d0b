import type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';
import type { Caller, SubgraphClient } from '@kopru/runtime/subgraph/client.ts';

/** What the doors put into a request's context, and the data sources read: on whose behalf it runs. */
export interface GraphContext {
  readonly caller: Caller;
}

type ProcessOptions = Parameters<GraphQLDataSource<GraphContext>['process']>[0];
type Response = Awaited<ReturnType<GraphQLDataSource<GraphContext>['process']>>;

/** A subgraph as `@apollo/gateway` fetches from it. */
export class SubgraphDataSource implements GraphQLDataSource<GraphContext> {
  readonly #subgraph: () => SubgraphClient;

  /** The subgraph is looked up at the first fetch, so that all of a process may start in any order. */
  constructor(subgraph: () => SubgraphClient) {
    this.#subgraph = subgraph;
  }

  async process(options: ProcessOptions): Promise<Response> {
    if (!('incomingRequestContext' in options))
      throw new Error('The supergraph is composed beforehand; nothing asks a subgraph for its schema.');
    const { request, document, context } = options;
    const { query = '', variables, operationName } = request;
    return this.#subgraph().execute({ query, document, variables, operationName, caller: context.caller });
  }
}

/** A data source for each subgraph of a supergraph. */
export const serviceMap = (names: readonly string[], subgraph: (name: string) => SubgraphClient): ServiceMap =>
  Object.fromEntries(names.map((name) => [name, new SubgraphDataSource(() => subgraph(name))]));
