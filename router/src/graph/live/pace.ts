/**
 * Starts only so much work in one turn of the event loop, one piece for each who waits and then from the first again:
 * an event that somebody has thousands of executions made of keeps neither requests waiting nor the events of others.
 */
export class Pace {
  readonly #most: number;
  readonly #waiting = new Map<string, (() => void)[]>();
  #started = 0;
  #turning = false;

  /** `most` is what one turn starts. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when it is the turn of a piece of work for `whom`. */
  async turn(whom: string): Promise<void> {
    if (this.#started < this.#most && this.#waiting.size === 0) {
      this.#started++;
      this.#awaitNext();
      return;
    }
    await new Promise<void>((start) => {
      const before = this.#waiting.get(whom);
      if (before) before.push(start);
      else this.#waiting.set(whom, [start]);
    });
  }

  #awaitNext(): void {
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(() => this.#next());
  }

  #next(): void {
    this.#turning = false;
    this.#started = 0;
    for (; this.#started < this.#most && this.#waiting.size > 0; this.#started++) this.#startOne();
    if (this.#started > 0) this.#awaitNext();
  }

  /** Of whoever has waited longest since their last; they go behind the others. */
  #startOne(): void {
    const [next] = this.#waiting;
    if (!next) return;
    const [whom, starts] = next;
    const start = starts.shift();
    this.#waiting.delete(whom);
    if (starts.length > 0) this.#waiting.set(whom, starts);
    start?.();
  }
}

/** Runs at most so many pieces of work at a time, the others in the order they came. */
export class Limit {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The place goes straight to whoever waits, so the count stays.
      if (next) next();
      else this.#running--;
    }
  }
}
