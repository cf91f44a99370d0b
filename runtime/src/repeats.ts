/** How long a trouble must not have shown for it to be over, and how often it is told of meanwhile, in milliseconds. */
export interface RepeatTimes {
  readonly quiet: number;
  readonly period: number;
}

/** What is said of a trouble after its first line. */
export interface Repeated {
  /** From the first to the latest time. */
  readonly seconds: number;
  /** How often, the first included. */
  readonly times: number;
}

interface Trouble {
  readonly since: number;
  readonly tell: (said: Repeated, over: boolean) => void;
  latest: number;
  toldAt: number;
  times: number;
}

/** Past these, each is told of whenever it shows: something that has so many names is none of a kind. */
const mostKinds = 200;

/**
 * An outage shows in every request that meets it. It is told of when it begins, once in a while as it lasts, and when it has ended;
 * what showed once needs no second line.
 */
export class Repeats {
  readonly #times: RepeatTimes;
  readonly #troubles = new Map<string, Trouble>();
  #watch: NodeJS.Timeout | undefined;

  constructor(times: RepeatTimes) {
    this.#times = times;
  }

  /** Whether this is the first of its kind, and so to be told by the caller; `tell` says later what became of it. */
  begins(kind: string, tell: Trouble['tell']): boolean {
    const now = Date.now();
    const trouble = this.#troubles.get(kind);
    if (trouble) {
      trouble.latest = now;
      trouble.times += 1;
      return false;
    }
    if (this.#troubles.size < mostKinds) {
      this.#troubles.set(kind, { since: now, latest: now, toldAt: now, times: 1, tell });
      this.#watch ??= setInterval(() => this.#look(), this.#times.quiet / 5).unref();
    }
    return true;
  }

  #look(): void {
    const now = Date.now();
    for (const [kind, trouble] of this.#troubles) {
      const { since, latest, toldAt, times, tell } = trouble;
      const over = now - latest >= this.#times.quiet;
      if (over) this.#troubles.delete(kind);
      if (times === 1 || (!over && now - toldAt < this.#times.period)) continue;
      trouble.toldAt = now;
      tell({ seconds: (latest - since) / 1_000, times }, over);
    }
    if (this.#troubles.size > 0) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
  }
}
