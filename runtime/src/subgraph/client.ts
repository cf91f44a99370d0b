import type { DocumentNode, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import type { LogEvent, Position } from '../events/event.ts';

/** Where a request came from. */
export interface Client {
  readonly address: string;
  readonly userAgent: string;
}

/** On whose behalf a subgraph is asked. */
export interface Caller {
  readonly requestId: string;
  readonly client: Client;
  /** The viewer's access token. Each subgraph verifies it anew. */
  readonly token?: string | undefined;
  /** The service itself asks, for nobody; opens what only services may see. */
  readonly asService?: boolean | undefined;
  /** A shared execution for an event with these topics; there is no viewer. */
  readonly audience?: readonly string[] | undefined;
}

/** One GraphQL operation for a subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  /** The same, parsed, where the caller has it; saves parsing in one process. */
  readonly document?: DocumentNode | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  readonly caller: Caller;
  /** Nobody of this installation wrote `query`. */
  readonly foreign?: boolean | undefined;
  /** Gives up when this fires. */
  readonly signal?: AbortSignal | undefined;
}

/** What a subscription listens to, as its subgraph granted it to one caller. */
export interface Grant {
  /** The topics whose events it receives. */
  readonly topics: readonly string[];
  /** The types of event it receives; others under the topics are not for it. */
  readonly types: readonly string[];
  /** Topics on whose events the grant must be asked for anew. */
  readonly recheckOn: readonly string[];
  /**
   * What the topics carried past this place comes first, as if the subscription had been there: for whoever comes in the middle
   * of something. Where the log no longer reaches back that far, it begins now.
   */
  readonly after?: Position | undefined;
}

export type Handshake = { readonly grant: Grant } | { readonly errors: readonly GraphQLFormattedError[] };

/** A subgraph as the router and its peers reach it: in this process, or over HTTP. */
export interface SubgraphClient {
  readonly name: string;
  /** Runs a query or mutation. Errors of the operation are in the result. @throws UNAVAILABLE when it cannot be reached. */
  execute(request: SubgraphRequest): Promise<FormattedExecutionResult>;
  /** Authorises a subscription and says what it listens to, without opening a stream. */
  handshake(request: SubgraphRequest): Promise<Handshake>;
  /** What a subscription makes of one event: the operation, executed with the event as its root. */
  project(request: SubgraphRequest, event: LogEvent): Promise<FormattedExecutionResult>;
}
