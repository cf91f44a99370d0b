import { WebSocket } from 'ws';
import { Inbox } from './inbox.ts';
import type { Close } from './socket.ts';

/** The two dialects of the gateway, by path. */
export type GatewayPath = '/' | '/ws';

type Data = Readonly<Record<string, unknown>>;

export interface GatewayFrame {
  readonly op?: string;
  readonly event?: string;
  readonly data: Data;
}

export interface GatewaySocketOptions {
  readonly name?: string;
  readonly token?: string;
  /** Called with each frame as it comes. */
  readonly each?: (frame: GatewayFrame) => void;
}

/** Speaks the WebSocket Gateway, and keeps every frame it was sent. */
export class GatewaySocket implements AsyncDisposable {
  readonly inbox: Inbox<GatewayFrame>;
  readonly path: GatewayPath;
  /** How the server, or this side, closed it. */
  readonly closed: Promise<Close>;
  readonly #socket: WebSocket;

  /** Opens a socket; where there is a token, it says so as soon as it is open. */
  constructor(url: string, path: GatewayPath, { name = 'The socket', token, each }: GatewaySocketOptions = {}) {
    this.path = path;
    this.inbox = new Inbox(name);
    this.#socket = new WebSocket(`${url}${path}`);
    if (token !== undefined) this.#socket.on('open', () => this.send('IDENTIFY', { token }));
    this.#socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as GatewayFrame;
      this.inbox.push(frame);
      each?.(frame);
    });
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code, reason) => {
        this.inbox.end(`the socket was closed with ${code} ${reason}`);
        resolve({ code, reason: String(reason) });
      });
    });
    this.#socket.on('error', (error) => this.inbox.end(error.message));
  }

  get frames(): readonly GatewayFrame[] {
    return this.inbox.items;
  }

  /** The names of all events so far. */
  get events(): readonly string[] {
    return this.frames.flatMap(({ event }) => event ?? []);
  }

  /** What every event of that name said so far. */
  all(event: string): readonly Data[] {
    return this.frames.flatMap((frame) => (frame.event === event ? [frame.data] : []));
  }

  send(op: string, data: unknown = null): void {
    this.sendText(JSON.stringify({ op, data }));
  }

  sendText(text: string | Buffer): void {
    this.#socket.send(text, { binary: false });
  }

  /** The first answer of that name, come already or still to come. */
  answered(op: string): Promise<GatewayFrame> {
    return this.inbox.first(op, (frame) => frame.op === op);
  }

  /** What the first event of that name with these values said. */
  async heard(event: string, values: Data = {}): Promise<Data> {
    const wanted = Object.entries(values);
    const matches = ({ event: name, data }: GatewayFrame): boolean =>
      name === event && wanted.every(([key, value]) => data[key] === value);
    return (await this.inbox.first(`${event} with ${JSON.stringify(values)}`, matches)).data;
  }

  /** What the first `message.create` of a message said. */
  async heardMessage(id: string, event = 'message.create'): Promise<Data> {
    const frame = await this.inbox.first(
      `${event} of ${id}`,
      ({ event: name, data }) => name === event && (data.message as Data | undefined)?._id === id,
    );
    return frame.data;
  }

  /** The ids of all messages that it was told of, in their order. */
  get messages(): readonly unknown[] {
    return this.all('message.create').map(({ message }) => (message as Data)._id);
  }

  /** Resolves when everything that was asked before has been answered: frames are answered in order. */
  async settled(): Promise<void> {
    const isAck = ({ op }: GatewayFrame): boolean => op === 'HEARTBEAT_ACK';
    const before = this.frames.filter(isAck).length;
    this.send('HEARTBEAT');
    await this.inbox.atLeast(before + 1, 'HEARTBEAT_ACK', isAck);
  }

  /** Listens to guilds; from here on it hears everything there. */
  async subscribe(...guildIds: readonly string[]): Promise<void> {
    for (const guildId of guildIds) this.send('GUILD_SUBSCRIBE', { guildId });
    await this.settled();
  }

  async close(): Promise<void> {
    this.#socket.close(1000);
    await this.closed;
  }

  /** Breaks the connection without a word, as a lost network does. */
  async drop(): Promise<void> {
    this.#socket.terminate();
    await this.closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.drop();
  }
}
