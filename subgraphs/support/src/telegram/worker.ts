import type { Logger } from '@kopru/runtime/logger.ts';

/** Does one piece of work after the other, for as long as there is any. */
export class Worker {
  readonly #work: () => Promise<boolean>;
  readonly #logger: Logger;
  readonly #what: string;
  readonly #every: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #failing = false;

  /**
   * `work` does one piece and says whether there may be more; `what` reads on after "cannot". Every so many milliseconds it is looked whether
   * there is work that nobody spoke of.
   */
  constructor(work: () => Promise<boolean>, what: string, logger: Logger, every = 1_000) {
    this.#work = work;
    this.#what = what;
    this.#every = every;
    this.#logger = logger;
  }

  start(): void {
    this.#timer = setInterval(() => this.soon(), this.#every).unref();
    this.soon();
  }

  /** Looks for work now, or once more after what it is doing. */
  soon(): void {
    if (!this.#timer) return;
    this.#again = true;
    this.#running ??= this.#run();
  }

  /** Waits for what it is doing. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && this.#timer) {
      this.#again = false;
      try {
        while (this.#timer && (await this.#work()));
        this.#failing = false;
      } catch (error) {
        // Told once an outage; the timer tries again.
        if (!this.#failing) this.#logger.warn({ err: error }, `cannot ${this.#what}`);
        this.#failing = true;
        break;
      }
    }
    this.#running = undefined;
  }
}
