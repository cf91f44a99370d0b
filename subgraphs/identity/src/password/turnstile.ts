import { rateLimited } from '@kopru/runtime/errors.ts';

/** Lets `width` pieces of work run at a time and `most` wait, in the order of asking. */
export class Turnstile {
  readonly #width: number;
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(width: number, most: number) {
    this.#width = width;
    this.#most = most;
  }

  /** @throws RATE_LIMITED where as many wait as may. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#width) this.#running++;
    else await this.#turn();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#most) throw rateLimited(5);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
