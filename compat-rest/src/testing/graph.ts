import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Delivery, Graph, GraphRequest, LiveSink, Subscribed } from '@kopru/router/graph/graph.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  Kind,
} from 'graphql';

/** What an operation answers: its data, or the error that it throws. */
type Reply<Data, Variables> = (variables: Variables, caller: Caller) => Data | Promise<Data>;

/** An operation as the graph was asked for it. */
export interface Asked {
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
}

/** A graph that answers what a test tells it to, and notes what it was asked. */
export class FakeGraph implements Graph {
  readonly schema = buildSchema('type Query { nothing: String }');
  readonly asked: Asked[] = [];
  /** The subscriptions that are open. */
  readonly sinks = new Set<LiveSink>();
  /** Why it grants no subscription. */
  refusal: GraphQLError | undefined;
  readonly #open = new Map<LiveSink, Pick<Asked, 'name' | 'variables'>>();
  /** By name, what a subscription waits for before it is granted, and why it is not. */
  readonly #grants = new Map<string, (variables: Asked['variables']) => Promise<GraphQLError | undefined>>();
  readonly #replies = new Map<string, Reply<unknown, Record<string, unknown>>>();
  #position = 0;

  on<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    reply: Reply<Data, Variables>,
  ): this {
    this.#replies.set(nameOf(document), reply as Reply<unknown, Record<string, unknown>>);
    return this;
  }

  async execute({ document, variables = {}, caller }: GraphRequest): Promise<ExecutionResult> {
    const name = nameOf(document);
    this.asked.push({ name, variables, caller });
    const reply = this.#replies.get(name);
    if (!reply) throw new Error(`The test has no answer to ${name}.`);
    try {
      return { data: (await reply(variables, caller)) as Record<string, unknown> };
    } catch (error) {
      if (error instanceof GraphQLError) return { data: null, errors: [error] };
      throw error;
    }
  }

  run<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    caller: Caller,
  ): Promise<ExecutionResult<Data>> {
    return this.execute({ document, variables, caller }) as Promise<ExecutionResult<Data>>;
  }

  /** Decides about subscriptions with that document: what it gives is why they are refused. */
  onSubscribe(
    document: DocumentNode,
    decide: (variables: Asked['variables']) => Promise<GraphQLError | undefined>,
  ): this {
    this.#grants.set(nameOf(document), decide);
    return this;
  }

  async subscribe({ document, variables = {}, caller }: GraphRequest, sink: LiveSink): Promise<Subscribed> {
    const name = nameOf(document);
    this.asked.push({ name, variables, caller });
    const refusal = this.refusal ?? (await this.#grants.get(name)?.(variables));
    if (refusal) return { errors: [refusal.toJSON()] };
    this.sinks.add(sink);
    this.#open.set(sink, { name, variables });
    const close = (): void => {
      this.sinks.delete(sink);
      this.#open.delete(sink);
    };
    return { handle: { close } };
  }

  /** The open subscriptions with that document, and these variables where they are given. */
  listening(document: DocumentNode, variables: Asked['variables'] = {}): LiveSink[] {
    const wanted = Object.entries(variables);
    return [...this.#open]
      .filter(
        ([, open]) => open.name === nameOf(document) && wanted.every(([key, value]) => open.variables[key] === value),
      )
      .map(([sink]) => sink);
  }

  /** Tells these subscriptions, or else all, of one event; all of them are given the same delivery, as the engine does it. */
  deliver(result: FormattedExecutionResult, sinks: Iterable<LiveSink> = this.sinks, id?: string): Delivery {
    this.#position += 1;
    const event = { id: id ?? String(this.#position), type: 'a test', position: `${this.#position}-0` };
    const delivery = { result, text: JSON.stringify(result), event };
    for (const sink of [...sinks]) sink.next(delivery);
    return delivery;
  }

  async position(): Promise<string> {
    return `${this.#position}-0`;
  }

  async close(): Promise<void> {
    this.sinks.clear();
  }
}

function nameOf(document: DocumentNode): string {
  const [definition] = document.definitions;
  return (definition?.kind === Kind.OPERATION_DEFINITION && definition.name?.value) || '';
}
