import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { codeOf, protocolError, publicError } from '@kopru/runtime/errors.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { GraphQLError, type GraphQLFormattedError, type OperationDefinitionNode } from 'graphql';
import type { GraphContext } from './graph/data-source.ts';
import type { Graph } from './graph/graph.ts';
import { ownRules } from './limits/documents.ts';
import { limits } from './limits/limits.ts';
import { RequestLimits } from './limits/request.ts';
import { outcomeOf, type RouterMetrics } from './metrics.ts';

/** The id of the request that is being answered, for errors that are formed far from it. */
export const requestIds = new AsyncLocalStorage<string>();

export interface ApolloOptions {
  readonly graph: Graph;
  readonly introspection: boolean;
  readonly logger: Logger;
  readonly metrics: RouterMetrics;
}

/** Apollo Server over the graph, with our limits and our errors, and nothing that calls home. */
export function createApollo({ graph, introspection, logger, metrics }: ApolloOptions): ApolloServer<GraphContext> {
  return new ApolloServer<GraphContext>({
    gateway: gatewayOf(graph),
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    // Introspection is Apollo's own to refuse.
    validationRules: ownRules(limits, true),
    formatError: (formatted, error) => {
      const shown = publicError(isOfProtocol(error) ? badRequest(formatted) : formatted, requestIds.getStore() ?? '');
      // What a subgraph did not mean for the outside it has logged itself.
      if (shown.extensions?.code === 'INTERNAL' && formatted.extensions?.code !== 'INTERNAL')
        logger.error({ err: cause(error), requestId: requestIds.getStore() }, 'an operation failed');
      return shown;
    },
    logger: {
      debug: (message) => logger.trace(message),
      info: (message) => logger.debug(message),
      warn: (message) => logger.warn(message),
      error: (message) => logger.error(message),
    },
    plugins: [
      requestLimits(introspection),
      measured(metrics),
      ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false }, includeCookies: false }),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
}

/** The graph as Apollo Server runs one: over HTTP and over sockets, every operation goes the same way. */
const gatewayOf = (graph: Graph): ApolloServerOptionsWithGateway<GraphContext>['gateway'] => ({
  onSchemaLoadOrUpdate(tell) {
    tell({ apiSchema: graph.schema, coreSupergraphSdl: '' });
    return () => undefined;
  },
  load: async () => ({
    executor: async ({ document, source, request, context }) => {
      const { caller } = context as GraphContext;
      const { operationName, variables } = request;
      return graph.execute({ document, source, operationName, variables, caller });
    },
  }),
  // Whoever opened the graph closes it.
  stop: async () => undefined,
});

/** Whether Apollo Server refused the request for its form, which it does by a status and no code. */
const isOfProtocol = (error: unknown): boolean => {
  const { code, http } = error instanceof GraphQLError ? error.extensions : {};
  return code === undefined && Number((http as { status?: number } | undefined)?.status) < 500;
};

const badRequest = ({ message }: GraphQLFormattedError): GraphQLFormattedError =>
  protocolError('BAD_REQUEST', message).toJSON();

/** The same error with the HTTP status that goes with it. */
export const withStatus = (error: GraphQLError, status: number): GraphQLError =>
  new GraphQLError(error.message, { originalError: error, extensions: { ...error.extensions, http: { status } } });

function requestLimits(introspection: boolean): ApolloServerPlugin<GraphContext> {
  const requests = new RequestLimits(limits, introspection);
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ schema, document, operation, request }) {
        const refusal = operation
          ? (misplaced(operation) ?? requests.check(schema, document, operation, request.variables))
          : protocolError('OPERATION_RESOLUTION_FAILURE', 'The document has no such one operation to run.');
        if (refusal) throw withStatus(refusal, 400);
      },
    }),
  };
}

/** Nothing here could answer more than once, so whoever subscribes is told where to. */
const misplaced = ({ operation }: OperationDefinitionNode): GraphQLError | undefined =>
  operation === 'subscription'
    ? protocolError('BAD_REQUEST', 'Subscriptions run over WebSocket, by graphql-transport-ws, at this same path.')
    : undefined;

function measured(metrics: RouterMetrics): ApolloServerPlugin<GraphContext> {
  return {
    async contextCreationDidFail({ error }) {
      metrics.operation('http', 'unknown', codeOf(error));
    },
    async requestDidStart() {
      const startedAt = performance.now();
      return {
        async willSendResponse({ operation, response }) {
          const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
          const outcome = outcomeOf(errors);
          metrics.operation('http', operation?.operation ?? 'unknown', outcome, (performance.now() - startedAt) / 1000);
        },
      };
    },
  };
}

const cause = (error: unknown): unknown => (error instanceof GraphQLError ? (error.originalError ?? error) : error);
