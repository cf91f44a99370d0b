import { WebSocket } from 'ws';
import { Inbox } from './inbox.ts';

/** The opcodes of `/api/ws`: those of the document, and 3 to 5 beside them. */
export const op = {
  HELLO: 0,
  HEARTBEAT: 1,
  HEARTBEAT_ACK: 2,
  RESUME: 3,
  RESUMED: 4,
  INVALID_SESSION: 5,
  CONNECTED: 10,
  MESSAGE_CREATE: 11,
  MESSAGE_UPDATE: 12,
  MESSAGE_DELETE: 13,
  CHANNEL_CREATE: 20,
  CHANNEL_UPDATE: 21,
  CHANNEL_DELETE: 22,
  SERVER_MEMBER_ADD: 30,
  SERVER_MEMBER_REMOVE: 31,
  PRESENCE_UPDATE: 40,
  TYPING_START: 50,
} as const;

export interface Frame {
  readonly op: number;
  readonly d: Readonly<Record<string, unknown>>;
  readonly s?: number;
}

export interface Close {
  readonly code: number;
  readonly reason: string;
}

export interface SocketOptions {
  readonly name?: string;
  /** Sent as `?token=`. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Speaks Chat v1's WebSocket, and keeps every frame it was sent. */
export class ChatSocket implements AsyncDisposable {
  readonly inbox: Inbox<Frame>;
  /** How the server, or this side, closed it. */
  readonly closed: Promise<Close>;
  readonly #socket: WebSocket;

  private constructor(url: string, { name = 'The socket', token, headers = {} }: SocketOptions) {
    this.inbox = new Inbox(name);
    this.#socket = new WebSocket(token === undefined ? url : `${url}?token=${encodeURIComponent(token)}`, { headers });
    this.#socket.on('message', (data) => this.inbox.push(JSON.parse(String(data)) as Frame));
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code, reason) => {
        this.inbox.end(`the socket was closed with ${code} ${reason}`);
        resolve({ code, reason: String(reason) });
      });
    });
    this.#socket.on('error', (error) => this.inbox.end(error.message));
  }

  /** Opens a socket and says nothing more than `options` do. */
  static open(url: string, options: SocketOptions = {}): ChatSocket {
    return new ChatSocket(url, options);
  }

  /** Opens a socket for a token, and waits until it is told to be connected: from there on it hears everything. */
  static async connect(url: string, token: string, name?: string): Promise<ChatSocket> {
    const socket = new ChatSocket(url, { token, ...(name !== undefined && { name }) });
    await socket.heard(op.CONNECTED);
    return socket;
  }

  get frames(): readonly Frame[] {
    return this.inbox.items;
  }

  /** Every frame of one opcode so far. */
  all(opcode: number): readonly Frame[] {
    return this.frames.filter((frame) => frame.op === opcode);
  }

  /** The first frame of that opcode whose body has these values, whether it came already or is still to come. */
  heard(opcode: number, body: Readonly<Record<string, unknown>> = {}): Promise<Frame> {
    const wanted = Object.entries(body);
    return this.inbox.first(
      `frame with op ${opcode} and ${JSON.stringify(body)}`,
      (frame) => frame.op === opcode && wanted.every(([key, value]) => frame.d[key] === value),
    );
  }

  send(opcode: number, d: unknown = {}): void {
    this.sendText(JSON.stringify({ op: opcode, d }));
  }

  sendText(text: string): void {
    this.#socket.send(text);
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
