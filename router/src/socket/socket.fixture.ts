import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

interface Message {
  readonly id?: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of a payload.
  readonly payload?: any;
}

/** A client of graphql-transport-ws that keeps to nothing but what a test tells it to send. */
export class RawClient implements AsyncDisposable {
  readonly socket: WebSocket;
  readonly messages: Message[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;

  constructor(url: string, options: ClientOptions = {}, protocols = ['graphql-transport-ws']) {
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on('message', (data) => this.messages.push(JSON.parse(String(data)) as Message));
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  /** An open socket, let in where `init` is given. */
  static async open(url: string, init?: Record<string, unknown>, options?: ClientOptions): Promise<RawClient> {
    const client = new RawClient(url, options);
    await once(client.socket, 'open');
    if (init) {
      client.send({ type: 'connection_init', payload: init });
      await client.has('connection_ack');
    }
    return client;
  }

  send(message: Message | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: Record<string, unknown>): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  of(type: string, id?: string): Message[] {
    return this.messages.filter((message) => message.type === type && (id === undefined || message.id === id));
  }

  /** Resolves with the messages of a type once there are `count`. */
  async has(type: string, { id, count = 1 }: { id?: string; count?: number } = {}): Promise<Message[]> {
    let closed: { code: number; reason: string } | undefined;
    while (true) {
      const found = this.of(type, id);
      if (found.length >= count) return found;
      if (closed) throw new Error(`Closed with ${closed.code} ${closed.reason} before "${type}" came ${count} times.`);
      const next = once(this.socket, 'message').then(() => undefined);
      closed = await Promise.race([next, this.closed]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }
}
