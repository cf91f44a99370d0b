import { setTimeout as wait } from 'node:timers/promises';

/** Sends a message at the process `at`, of however many there are, and gives its id. */
type Send = (content: string, nonce: string, at: number) => Promise<string>;

/** How long somebody pauses between two messages, in milliseconds. */
const pause = 50;

/** Somebody who says one thing after the other. What is not acknowledged is said again, elsewhere and under the same nonce. */
export class Talker {
  readonly name: string;
  /** The ids of what was acknowledged, in that order. */
  readonly sent: string[] = [];
  /** How many attempts failed. */
  refused = 0;
  /** What they were told, each once. */
  readonly reasons = new Set<string>();
  /** The longest that anybody waited for an answer, whichever it was, in milliseconds. */
  slowest = 0;
  readonly #send: Send;
  readonly #running: Promise<void>;
  #stopping = false;

  constructor(name: string, send: Send) {
    this.name = name;
    this.#send = send;
    this.#running = this.#run();
  }

  /** Resolves when the last is acknowledged. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    let at = 0;
    while (!this.#stopping) {
      const what = `${this.name} ${this.sent.length}`;
      for (let id: string | undefined; id === undefined; at += 1) {
        id = await this.#attempt(what, at);
        await wait(pause);
      }
    }
  }

  async #attempt(what: string, at: number): Promise<string | undefined> {
    const since = Date.now();
    try {
      const id = await this.#send(what, what, at);
      this.sent.push(id);
      return id;
    } catch (error) {
      // What is needed is away, which is what is being tried here: the same is said again.
      this.refused += 1;
      this.reasons.add((error as Error).message);
      return undefined;
    } finally {
      this.slowest = Math.max(this.slowest, Date.now() - since);
    }
  }
}
