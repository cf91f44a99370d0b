import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { Inbox } from './inbox.ts';
import { until } from './until.ts';

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly [key: string]: unknown };
}

export interface GraphResult<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphError[];
}

/** Speaks GraphQL to one router, over HTTP and over graphql-ws, as somebody or nobody. */
export class GraphClient {
  readonly url: string;
  readonly #token: string | undefined;

  /** `url` is the HTTP endpoint; sockets open at the same place. */
  constructor(url: string, token?: string) {
    this.url = url;
    this.#token = token;
  }

  at(url: string): GraphClient {
    return new GraphClient(url, this.#token);
  }

  /** Runs a query or mutation, whatever comes of it. */
  async send<Data>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<GraphResult<Data>> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphResult<Data>;
  }

  /** The data of a query or mutation. @throws where there are errors. */
  async run<Data>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Data> {
    const { data, errors } = await this.send<Data>(query, variables);
    if (errors || !data) throw new Error(`${query}\nanswered ${JSON.stringify(errors)}`);
    return data;
  }

  /** Opens a graphql-ws connection of its own. */
  connect(name = 'The client'): GraphSocket {
    return new GraphSocket(this.url.replace(/^http/, 'ws'), this.#token, name);
  }
}

/** One graphql-ws connection, with any number of subscriptions on it. */
export class GraphSocket implements AsyncDisposable {
  /** How the connection was closed, by either side. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #client: Client;
  readonly #name: string;
  readonly #url: string;

  constructor(url: string, token: string | undefined, name: string) {
    let closed: (close: { code: number; reason: string }) => void;
    this.closed = new Promise((resolve) => {
      closed = resolve;
    });
    this.#name = name;
    this.#url = url.replace(/^ws/, 'http');
    this.#client = createClient({
      url,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
      on: { closed: (event) => closed(event as { code: number; reason: string }) },
    });
  }

  /**
   * A subscription that hears everything from the moment this returns. The protocol has no word for that moment,
   * so the router is asked how many it has opened: of several at a time, open one after the other.
   */
  async subscribe<Data>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Live<Data>> {
    const before = await this.#opened();
    const live = new Live<Data>(this.#name);
    live.stop = this.#client.subscribe<Data>(
      { query, variables },
      {
        next: (result) => live.inbox.push(result as GraphResult<Data>),
        error: (error) => live.end(asErrors(error)),
        complete: () => live.end([]),
      },
    );
    await until(async () => live.over || (await this.#opened()) > before);
    return live;
  }

  async #opened(): Promise<number> {
    const metrics = await (await fetch(new URL('/metrics', this.#url))).text();
    const line =
      /^kopru_graphql_operations_total\{(?=[^}]*transport="websocket")(?=[^}]*type="subscription")[^}]*\} (\d+)$/gm;
    return [...metrics.matchAll(line)].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.dispose();
  }
}

export class Live<Data> {
  readonly inbox: Inbox<GraphResult<Data>>;
  /** Resolves when it ends: with the errors that ended it, none where it was completed. */
  readonly ended: Promise<readonly GraphError[]>;
  stop: () => void = () => undefined;
  over = false;
  #end: (errors: readonly GraphError[]) => void = () => undefined;

  constructor(name: string) {
    this.inbox = new Inbox(name);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  end(errors: readonly GraphError[]): void {
    this.over = true;
    this.inbox.end(`the subscription ended with ${JSON.stringify(errors)}`);
    this.#end(errors);
  }

  /** The data of everything it was sent. */
  get data(): readonly Data[] {
    return this.inbox.items.map(({ data, errors }) => {
      if (errors || data == null) throw new Error(`An event came with errors: ${JSON.stringify(errors)}`);
      return data;
    });
  }

  /** As soon as at least `count` came, the data of all of them. */
  async atLeast(count: number): Promise<readonly Data[]> {
    await this.inbox.atLeast(count, `event number ${count}`);
    return this.data;
  }

  /** The first event whose data matches, come already or still to come. */
  async heard(what: string, matches: (data: Data) => boolean): Promise<Data> {
    const { data } = await this.inbox.first(what, ({ data }) => data != null && matches(data));
    return data as Data;
  }
}

function asErrors(error: unknown): readonly GraphError[] {
  if (Array.isArray(error)) return error as GraphError[];
  if (error instanceof Error) return [{ message: error.message }];
  const { code, reason } = error as { code?: number; reason?: string };
  return [{ message: `the connection closed with ${code} ${reason}` }];
}
