import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { Inbox } from './inbox.ts';

export type Data = Readonly<Record<string, unknown>>;
export type Transport = 'websocket' | 'polling';

interface Told {
  readonly event: string;
  readonly data: Data;
}

/** What a call is answered with: the answer, or why there is none. */
export type Answer = Data & { readonly error?: { readonly type: string; readonly retry_after?: number } };

export interface SupportOptions {
  readonly name?: string;
  readonly transports?: readonly Transport[];
  /** Sent with the handshake; agents bring their cookie so. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it comes back by itself when it was cut off. */
  readonly reconnects?: boolean;
}

/** Speaks the support chat's Socket.IO as its clients do, and keeps everything that it hears. */
export class SupportSocket implements AsyncDisposable {
  readonly inbox: Inbox<Told>;
  readonly socket: Socket;

  /** `url` is the origin. */
  constructor(
    url: string,
    { name = 'The client', transports = ['websocket'], headers, reconnects = false }: SupportOptions = {},
  ) {
    this.inbox = new Inbox(name);
    const options: Partial<ManagerOptions & SocketOptions> = {
      transports: [...transports],
      forceNew: true,
      reconnection: reconnects,
      reconnectionDelay: 100,
      reconnectionDelayMax: 200,
      ...(headers && { extraHeaders: { ...headers } }),
    };
    this.socket = io(url, options);
    this.socket.onAny((event: string, data: Data) => this.inbox.push({ event, data }));
  }

  /** How its messages travel now. */
  get transport(): string {
    return this.socket.io.engine.transport.name;
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  /** Emits without asking for an answer, as the clients in the field do. */
  emit(event: string, data?: unknown): void {
    this.socket.emit(event, ...(data === undefined ? [] : [data]));
  }

  /** Emits and gives the answer. @throws where there is none within so many milliseconds */
  call(event: string, data?: unknown, within = 20_000): Promise<Answer> {
    return this.socket.timeout(within).emitWithAck(event, ...(data === undefined ? [] : [data]));
  }

  /** The bodies of all events of that name so far. */
  all(event: string): readonly Data[] {
    return this.inbox.items.filter((told) => told.event === event).map(({ data }) => data);
  }

  /** The names of all events so far. */
  get names(): readonly string[] {
    return this.inbox.items.map(({ event }) => event);
  }

  /** The first of that name with these values, come already or still to come. */
  async hears(event: string, values: Data = {}): Promise<Data> {
    const wanted = Object.entries(values);
    const { data } = await this.inbox.first(
      `${event} with ${JSON.stringify(values)}`,
      (told) => told.event === event && wanted.every(([key, value]) => told.data[key] === value),
    );
    return data;
  }

  /** Everything that was emitted before has been obeyed when this resolves: events are obeyed in their order. */
  async settled(): Promise<void> {
    await this.call('nothing');
  }

  async close(): Promise<void> {
    this.socket.disconnect();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
