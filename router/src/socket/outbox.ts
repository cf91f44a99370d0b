import type { Duplex } from 'node:stream';
import { frameHead } from './frames.ts';

/** Bytes that may still wait for a client when a later turn of the loop brings it more. */
const mostWaiting = 1024 * 1024;

const corked = new Set<Duplex>();

/** Holds what is written to `stream` until this turn of the loop is done; all of it then goes out in one write. */
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

/**
 * The way out to one client. Frames are written beside ws, whole, and so in order with its own:
 * that holds only while permessage-deflate is off.
 */
export class Outbox {
  readonly #stream: Duplex;
  #framesBehind = 0;
  #turn = { frames: 0 };

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** Whether the client takes what it is sent. What this turn of the loop wrote does not count against it. */
  get keepsUp(): boolean {
    return corked.has(this.#stream) || this.#stream.writableLength <= mostWaiting;
  }

  /** Frames that were written here and are not known to have left. */
  get framesBehind(): number {
    return this.#framesBehind;
  }

  /** Sends one text frame: `prefix` is copied, `payload` is not. */
  push(prefix: Buffer, payload: Buffer): void {
    const head = frameHead(prefix, payload.length);
    if (corked.has(this.#stream)) this.#stream.write(head);
    else this.#beginTurn(head);
    this.#stream.write(payload);
    this.#turn.frames++;
    this.#framesBehind++;
  }

  #beginTurn(head: Buffer): void {
    const turn = { frames: 0 };
    this.#turn = turn;
    cork(this.#stream);
    // What is corked is written at once, so when the first part has left, all of it has.
    this.#stream.write(head, () => {
      this.#framesBehind -= turn.frames;
    });
  }
}
