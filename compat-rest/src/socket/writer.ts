import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';

/** Bytes that may wait for a client that does not read. */
const mostWaiting = 1024 * 1024;

const corked = new Set<Duplex>();

/** Holds what is written to `stream` until the events of this turn of the loop are done; it then goes out in one write. */
function cork(stream: Duplex): void {
  if (corked.size === 0) setImmediate(uncorkAll);
  corked.add(stream);
  stream.cork();
}

function uncorkAll(): void {
  const streams = [...corked];
  corked.clear();
  for (const stream of streams) stream.uncork();
}

/** Sends frames to one socket, those of one turn of the event loop together. */
export class SocketWriter {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;

  /** `stream` is the connection under `socket`. */
  constructor(socket: WebSocket, stream: Duplex) {
    this.#socket = socket;
    this.#stream = stream;
  }

  /** False when the client does not read what it was sent: whoever cannot be told everything has to be told so. */
  send(text: string): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return true;
    if (!this.#keepsUp()) return false;
    this.#socket.send(text);
    return true;
  }

  /** The same for a frame as `textFrame` makes them, whose bytes may go to any number of sockets. */
  sendFrame(frame: Buffer): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return true;
    if (!this.#keepsUp()) return false;
    // Whole and beside ws, so in order with its own frames: that holds only while permessage-deflate is off.
    this.#stream.write(frame);
    return true;
  }

  /** Corks the stream for this turn, unless too much is left over from earlier ones: the client has not taken it. */
  #keepsUp(): boolean {
    if (corked.has(this.#stream)) return true;
    if (this.#socket.bufferedAmount > mostWaiting) return false;
    cork(this.#stream);
    return true;
  }
}
