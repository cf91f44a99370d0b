const minute = 60_000;

/** How many messages a client sent in the current minute. A window that does not slide is enough against a flood. */
export class Rate {
  readonly #most: number;
  #windowEnds = 0;
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts one message; false where it is one too many. `now` in milliseconds. */
  admits(now = performance.now()): boolean {
    if (now >= this.#windowEnds) {
      this.#windowEnds = now + minute;
      this.#count = 0;
    }
    return ++this.#count <= this.#most;
  }
}
