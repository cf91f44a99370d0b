import { operationFromDocument } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan, type GraphQLDataSource, type ServiceMap } from '@apollo/gateway';
import type { FetchNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Caller, SubgraphClient, SubgraphRequest } from '@kopru/runtime/subgraph/client.ts';
import type { DocumentNode, ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import { printed, requestContext } from '../request-context.ts';
import type { Supergraph } from '../supergraph.ts';

export interface LiveOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a plan is executed with. */
export interface PlanEnvironment {
  readonly subgraph: (name: string) => SubgraphClient;
  readonly services: ServiceMap;
  readonly logger: Logger;
}

/**
 * A subscription, planned. Its first fetch is the subscription itself at the subgraph that owns it;
 * whatever other subgraphs add to an event is fetched after it, as in any query.
 */
export class LivePlan {
  /** The subgraph that grants the subscription and turns events into its responses. */
  readonly subgraph: SubgraphClient;
  readonly #primary: FetchNode;
  readonly #plan: QueryPlan;
  readonly #supergraph: Supergraph;
  readonly #operation: LiveOperation;
  readonly #context: OperationContext;
  readonly #services: ServiceMap;
  readonly #logger: Logger;

  constructor(supergraph: Supergraph, operation: LiveOperation, graph: PlanEnvironment) {
    const { primary, rest } = planned(supergraph, operation);
    this.#primary = primary;
    this.#plan = { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [primary, rest] } : primary };
    this.#supergraph = supergraph;
    this.#operation = operation;
    this.#context = buildOperationContext({
      schema: supergraph.schema,
      operationDocument: operation.document,
      ...(operation.operationName !== undefined && { operationName: operation.operationName }),
    });
    this.#logger = graph.logger;
    this.#services = graph.services;
    this.subgraph = graph.subgraph(primary.serviceName);
  }

  /** The subscription as its own subgraph is asked for it. */
  primaryRequest(caller: Caller): SubgraphRequest {
    const { operation, operationDocumentNode, operationName, variableUsages = [] } = this.#primary;
    const given = this.#operation.variables;
    return {
      query: operation,
      document: operationDocumentNode,
      operationName,
      variables: Object.fromEntries(
        variableUsages.flatMap((name) => (Object.hasOwn(given, name) ? [[name, given[name]]] : [])),
      ),
      caller,
    };
  }

  /** The response for one event, on behalf of `caller`. Errors of subgraphs are in the result. */
  async respond(event: LogEvent, caller: Caller): Promise<ExecutionResult> {
    const { document, operationName, variables } = this.#operation;
    const { schema, full, api } = this.#supergraph;
    const context = requestContext({ schema, document, operationName, variables, caller, logger: this.#logger });
    return executeQueryPlan(this.#plan, this.#servicesFor(event, caller), context, this.#context, full, api);
  }

  /** The subgraphs, where the one that owns the subscription answers its first fetch from the event. */
  #servicesFor(event: LogEvent, caller: Caller): ServiceMap {
    const { serviceName, operation } = this.#primary;
    const own = this.#services[serviceName];
    const primary: GraphQLDataSource = {
      process: async (options) =>
        options.request.query === operation || !own
          ? this.subgraph.project(this.primaryRequest(caller), event)
          : own.process(options),
    };
    return { ...this.#services, [serviceName]: primary };
  }
}

type OperationContext = ReturnType<typeof buildOperationContext>;

/** Plans by supergraph, and by document and operation name: what the variables hold makes no difference to them. */
const plans = new WeakMap<Supergraph, LRUCache<string, SubscriptionNode>>();
const plansKept = 1_000;

function planned(supergraph: Supergraph, { document, operationName }: LiveOperation): SubscriptionNode {
  const known = plans.get(supergraph) ?? new LRUCache<string, SubscriptionNode>({ max: plansKept });
  plans.set(supergraph, known);
  const key = JSON.stringify([printed(document).hash, operationName ?? null]);
  const kept = known.get(key);
  if (kept) return kept;
  const { node } = supergraph.planner.buildQueryPlan(
    operationFromDocument(supergraph.api, document, operationName === undefined ? {} : { operationName }),
  );
  if (node?.kind !== 'Subscription') throw new Error('Not a subscription.');
  known.set(key, node);
  return node;
}
