import { AnalystFailure } from '../analyst.ts';

/** How long the analyst may take for each thing, in milliseconds, and how often it is asked. */
export interface Times {
  readonly connect: number;
  readonly firstToken: number;
  readonly betweenTokens: number;
  /** For all attempts together. */
  readonly total: number;
  readonly attempts: number;
  /** Before the second attempt; twice as long before each further one. */
  readonly pause: number;
  /** The longest that the analyst may ask to be left alone; who asks for more is not asked again. */
  readonly longestPause: number;
}

export const usualTimes: Times = {
  connect: 5_000,
  firstToken: 60_000,
  betweenTokens: 20_000,
  total: 180_000,
  attempts: 3,
  pause: 500,
  longestPause: 20_000,
};

/** Gives up on a request that is silent for too long, when its time is over, or when nobody wants it any more. */
export class Patience implements Disposable {
  readonly #given = new AbortController();
  readonly #wanted: AbortSignal;
  readonly #end: NodeJS.Timeout;
  #silence: NodeJS.Timeout | undefined;

  /** `left` is how much of the whole time there is. */
  constructor(wanted: AbortSignal, left: number) {
    this.#wanted = wanted;
    this.#end = setTimeout(() => this.#giveUp('took too long as a whole', false), Math.max(0, left));
    if (wanted.aborted) this.#stop();
    else wanted.addEventListener('abort', this.#stop);
  }

  get signal(): AbortSignal {
    return this.#given.signal;
  }

  /** Waits so long for the next sign of life. */
  allow(milliseconds: number, what: string): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#giveUp(`let us wait too long for ${what}`, true), milliseconds);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#end);
    this.#wanted.removeEventListener('abort', this.#stop);
    // Whatever of the request is left open.
    this.#given.abort();
  }

  readonly #stop = (): void => this.#given.abort(this.#wanted.reason);

  #giveUp(how: string, mayPass: boolean): void {
    this.#given.abort(new AnalystFailure('ANALYST_TIMEOUT', `The analyst ${how}.`, { mayPass }));
  }
}
