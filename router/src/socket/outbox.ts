import type { Duplex } from 'node:stream';
import { frameHead } from './frames.ts';

/** Bytes that may still wait for a client when a later turn of the loop brings it more. */
const mostWaiting = 1024 * 1024;

/** Those that were written to in this turn of the loop. */
const written: Outbox[] = [];

function endTurn(): void {
  for (const outbox of written.splice(0)) outbox.flush();
}

/**
 * The way out to one client. Frames are written beside ws, whole, and so in order with its own:
 * that holds only while permessage-deflate is off.
 */
export class Outbox {
  readonly #stream: Duplex;
  #corked = false;
  #framesBehind = 0;
  #turn = { frames: 0 };

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  /** Whether the client takes what it is sent. What this turn of the loop wrote does not count against it. */
  get keepsUp(): boolean {
    return this.#corked || this.#stream.writableLength <= mostWaiting;
  }

  /** Frames that were written here and are not known to have left. */
  get framesBehind(): number {
    return this.#framesBehind;
  }

  /** Sends one text frame: `prefix` is copied, `payload` is not. What one turn of the loop brings goes out in one write. */
  push(prefix: Buffer, payload: Buffer): void {
    const head = frameHead(prefix, payload.length);
    if (this.#corked) this.#stream.write(head);
    else this.#beginTurn(head);
    this.#stream.write(payload);
    this.#turn.frames++;
    this.#framesBehind++;
  }

  /** Lets go what was held; called when the turn is over. */
  flush(): void {
    this.#corked = false;
    this.#stream.uncork();
  }

  #beginTurn(head: Buffer): void {
    const turn = { frames: 0 };
    this.#turn = turn;
    this.#corked = true;
    this.#stream.cork();
    if (written.push(this) === 1) setImmediate(endTurn);
    // What is corked is written at once, so when the first part has left, all of it has.
    this.#stream.write(head, () => {
      this.#framesBehind -= turn.frames;
    });
  }
}
