import {
  createSourceEventStream,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  GraphQLError as GraphQLErrorClass,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import type { Tokens } from '../auth/tokens.ts';
import { Context } from '../context.ts';
import { codeOf, protocolError, publicError } from '../errors.ts';
import type { LogEvent } from '../events/event.ts';
import type { EventLog } from '../events/log.ts';
import type { Logger } from '../logger.ts';
import type { Caller, Handshake, SubgraphClient, SubgraphRequest } from './client.ts';
import type { Class, SubgraphParts } from './definition.ts';
import { Documents } from './documents.ts';
import { isLiveSource } from './live.ts';
import { withVoices } from './voices.ts';

export interface LocalSubgraphOptions {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly parts: SubgraphParts;
  readonly tokens: Tokens;
  readonly log: EventLog;
  readonly logger: Logger;
}

/** A subgraph in this process: function calls with the parsed document. The HTTP server stands on the same. */
export class LocalSubgraph implements SubgraphClient {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly #options: LocalSubgraphOptions;
  readonly #documents: Documents;
  readonly #resolvers: ReadonlyMap<Class, object>;

  constructor(options: LocalSubgraphOptions) {
    this.name = options.name;
    this.schema = options.schema;
    this.#options = options;
    this.#documents = new Documents(options.schema);
    this.#resolvers = new Map(options.parts.resolvers.map((resolver) => [resolver.constructor, resolver]));
  }

  async execute(request: SubgraphRequest): Promise<FormattedExecutionResult> {
    return this.#run(request, ({ operation }) => operation !== 'subscription', undefined);
  }

  async project(request: SubgraphRequest, event: LogEvent): Promise<FormattedExecutionResult> {
    return this.#run(request, ({ operation }) => operation === 'subscription', event);
  }

  async handshake(request: SubgraphRequest): Promise<Handshake> {
    try {
      const source = await createSourceEventStream(await this.#arguments(request));
      if (isLiveSource(source)) {
        const { topics, types, recheckOn, after } = source;
        return { grant: { topics, types, recheckOn, ...(after !== undefined && { after }) } };
      }
      if (Symbol.asyncIterator in source)
        throw new Error(`A subscription of ${this.name} has a source without topics.`);
      return { errors: this.#formatted(source.errors ?? [], request.caller) };
    } catch (error) {
      return { errors: this.#formatted([asGraphQLError(error)], request.caller) };
    }
  }

  /** The context of one request; verifies the caller's token. @throws UNAUTHENTICATED, TOKEN_EXPIRED */
  async context(caller: Caller): Promise<Context> {
    const { tokens, log } = this.#options;
    return new Context({
      requestId: caller.requestId,
      client: caller.client,
      viewer: caller.token !== undefined && !caller.audience ? await tokens.verifyAccess(caller.token) : undefined,
      token: caller.token,
      service: caller.asService,
      audience: caller.audience,
      log,
      resolvers: this.#resolvers,
    });
  }

  async #run(
    request: SubgraphRequest,
    suits: (operation: OperationDefinitionNode) => boolean,
    rootValue: unknown,
  ): Promise<FormattedExecutionResult> {
    try {
      const given = await this.#arguments(request);
      const operation = getOperationAST(given.document, request.operationName);
      if (!operation || !suits(operation))
        throw protocolError('OPERATION_RESOLUTION_FAILURE', 'The document has no such operation to be run like this.');
      const { errors, ...result } = await execute({ ...given, rootValue });
      const answer = errors ? { ...result, errors: this.#formatted(errors, request.caller) } : result;
      return request.foreign ? answer : withVoices(answer, given.contextValue.voices);
    } catch (error) {
      return { errors: this.#formatted([asGraphQLError(error)], request.caller) };
    }
  }

  async #arguments({ query, document, variables, operationName, caller, foreign }: SubgraphRequest) {
    return {
      schema: this.schema,
      document: document ?? (foreign ? this.#documents.foreign(query) : this.#documents.planned(query)),
      contextValue: await this.context(caller),
      ...(variables && { variableValues: variables }),
      ...(operationName !== undefined && { operationName }),
    };
  }

  /** Errors as they may leave this subgraph; whatever was not meant for the outside is logged here, where it happened. */
  #formatted(errors: readonly GraphQLError[], caller: Caller): GraphQLFormattedError[] {
    return errors.map((error) => {
      const shown = isOfInput(error)
        ? protocolError('BAD_USER_INPUT', error.message).toJSON()
        : publicError(error.toJSON(), caller.requestId);
      if (shown.extensions?.code === 'INTERNAL' || codeOf(error) === 'UNAVAILABLE')
        this.#options.logger.error(
          { err: error.originalError ?? error, path: error.path, requestId: caller.requestId },
          'a resolver failed',
        );
      return shown;
    });
  }
}

/** Whether graphql-js refused the variables, which it says of a place in the document and of none in the answer. */
const isOfInput = ({ extensions, path, nodes }: GraphQLError): boolean =>
  extensions.code === undefined && path === undefined && nodes !== undefined;

const asGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLErrorClass
    ? error
    : new GraphQLErrorClass('Unexpected failure', {
        originalError: error instanceof Error ? error : new Error(String(error)),
      });
