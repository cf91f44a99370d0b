import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { type ClientOptions, WebSocket } from 'ws';

interface ChatFrame {
  readonly op: number;
  readonly d: Readonly<Record<string, unknown>>;
  readonly s?: number;
}

/** A client that keeps what it is sent; of `/api/ws` unless its frames are of another kind. */
export class TestSocket<Received extends { readonly op?: number | string } = ChatFrame> {
  readonly frames: Received[] = [];
  /** The frames as they came. */
  readonly texts: string[] = [];
  readonly socket: WebSocket;
  /** The code and reason it was closed with. */
  readonly closed: Promise<[code: number, reason: string]>;
  /** Why it could not be opened. */
  readonly refused: Promise<string>;

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on('message', (data) => {
      this.texts.push(String(data));
      this.frames.push(JSON.parse(String(data)) as Received);
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve([code, String(reason)]));
    });
    this.refused = new Promise((resolve) => {
      this.socket.on('error', (error) => resolve(error.message));
    });
  }

  send(op: unknown, d?: unknown): void {
    this.socket.send(JSON.stringify({ op, d }));
  }

  all(op: Received['op']): Received[] {
    return this.frames.filter((frame) => frame.op === op);
  }

  /** The first frame with that opcode, come already or still to come. */
  heard(op: Received['op']): Promise<Received> {
    return this.first((frame) => frame.op === op);
  }

  /** The same for the first frame that matches. */
  first(matches: (frame: Received) => boolean): Promise<Received> {
    return eventually(() => {
      const frame = this.frames.find(matches);
      if (!frame) throw new Error(`No such frame among ${JSON.stringify(this.frames)}: ${matches}`);
      return frame;
    });
  }
}
