import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { LogEvent, Position } from '@kopru/runtime/events/event.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import type {
  DocumentNode,
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLFormattedError,
  GraphQLSchema,
} from 'graphql';

/** One operation for the graph. The document must be valid against `Graph.schema`; the doors validate, the graph does not. */
export interface GraphRequest {
  readonly document: DocumentNode;
  /** The document's text, where the caller has it; plans are cached by it. */
  readonly source?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly caller: Caller;
}

/** One event as a subscription's response. The same object goes to everybody who shares it, so it must not be changed. */
export interface Delivery {
  readonly result: FormattedExecutionResult;
  /** `result` as JSON; made once, when first asked for. */
  readonly text: string;
  /** The event it came from, by type and place in the log. */
  readonly event: Pick<LogEvent, 'id' | 'type' | 'position'>;
}

/** Where a live subscription's responses go. */
export interface LiveSink {
  /** Called in log order. */
  next(delivery: Delivery): void;
  /** The subscription has ended because of these; nothing follows. */
  error(errors: readonly GraphQLFormattedError[]): void;
}

/** A live subscription; `close` ends it, after which the sink hears nothing more. */
export interface LiveHandle {
  close(): void;
}

export type Subscribed = { readonly handle: LiveHandle } | { readonly errors: readonly GraphQLFormattedError[] };

/** The federated graph as the doors use it: the router over HTTP and graphql-ws, compat-rest for the older dialects. */
export interface Graph {
  /** What clients see: everything but `@inaccessible`. */
  readonly schema: GraphQLSchema;
  /** Runs a query or mutation. Errors are in the result, with a code of the catalogue. */
  execute(request: GraphRequest): Promise<ExecutionResult>;
  /** The same for a typed document. */
  run<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    caller: Caller,
  ): Promise<ExecutionResult<Data>>;
  /** Opens a subscription once its subgraph has granted it. */
  subscribe(request: GraphRequest, sink: LiveSink): Promise<Subscribed>;
  /** The log's position; everything that happens from now on comes after it. */
  position(): Promise<Position>;
  /** Ends every subscription. */
  close(): Promise<void>;
}
