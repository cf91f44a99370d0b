import type { GraphQLDataSource, ServiceMap } from '@apollo/gateway';
import type { Caller, SubgraphClient } from '@kopru/runtime/subgraph/client.ts';
import { voicesOf } from '@kopru/runtime/subgraph/voices.ts';

/** What the doors put into a request's context, and the data sources read: on whose behalf it runs. */
export interface GraphContext {
  readonly caller: Caller;
}

/** The same, and what one execution learns. */
export interface FetchContext extends GraphContext {
  /** The tokens of those whom root fields of a mutation have signed in, by the fields' keys in the answer. */
  readonly voices: Map<string, string>;
}

type ProcessOptions = Parameters<GraphQLDataSource<FetchContext>['process']>[0];
type Response = Awaited<ReturnType<GraphQLDataSource<FetchContext>['process']>>;

/** A subgraph as `@apollo/gateway` fetches from it. */
export class SubgraphDataSource implements GraphQLDataSource<FetchContext> {
  readonly #subgraph: () => SubgraphClient;

  /** The subgraph is looked up at the first fetch, so that all of a process may start in any order. */
  constructor(subgraph: () => SubgraphClient) {
    this.#subgraph = subgraph;
  }

  async process(options: ProcessOptions): Promise<Response> {
    if (!('incomingRequestContext' in options))
      throw new Error('The supergraph is composed beforehand; nothing asks a subgraph for its schema.');
    const { request, document, context, incomingRequestContext, pathInIncomingRequest: [root] = [] } = options;
    const { query = '', variables, operationName } = request;
    const caller = callerBelow(root, context);
    const answer = await this.#subgraph().execute({ query, document, variables, operationName, caller });
    // Only a mutation signs in, and whoever runs it says so at once: nothing that is fetched later can change whom the rest is for.
    if (root === undefined && incomingRequestContext.operation.operation === 'mutation')
      for (const [field, token] of Object.entries(voicesOf(answer))) context.voices.set(field, token);
    return answer;
  }
}

/** As whom to ask for what is below a root field: who it has just signed in, else whoever asks for all of it. */
function callerBelow(root: string | number | undefined, { caller, voices }: FetchContext): Caller {
  const token = root === undefined ? undefined : voices.get(String(root));
  return token === undefined ? caller : { requestId: caller.requestId, client: caller.client, token };
}

/** A data source for each subgraph of a supergraph. */
export const serviceMap = (names: readonly string[], subgraph: (name: string) => SubgraphClient): ServiceMap =>
  Object.fromEntries(names.map((name) => [name, new SubgraphDataSource(() => subgraph(name))]));
