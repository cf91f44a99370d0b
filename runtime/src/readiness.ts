import { unavailable } from './errors.ts';
import type { Logger } from './logger.ts';
import { within } from './within.ts';

/** What a service needs, by name, each with what rejects while it cannot be used. */
export type Needs = Readonly<Record<string, () => Promise<unknown>>>;

/** How long an answer is waited for, in milliseconds: whoever asks gives up after some seconds themselves. */
const answerWithin = 1_500;

/** Which of its needs a service cannot use now. */
export class Readiness {
  readonly #needs: Needs;
  readonly #logger: Logger;
  readonly #answerWithin: number;
  /** What is being asked: many who look do not ask a server that hangs as many times. */
  readonly #asking = new Map<string, Promise<unknown>>();
  readonly #awaySince = new Map<string, number>();

  constructor(needs: Needs, logger: Logger, within = answerWithin) {
    this.#needs = needs;
    this.#logger = logger;
    this.#answerWithin = within;
  }

  /** The names of what cannot be used, within two seconds; the log has the reasons. */
  async away(): Promise<string[]> {
    const names = Object.keys(this.#needs);
    const usable = await Promise.all(names.map((name) => this.#isUsable(name)));
    return names.filter((_, index) => !usable[index]);
  }

  async #isUsable(name: string): Promise<boolean> {
    try {
      await within(this.#answerWithin, this.#ask(name), () => unavailable(`No answer from ${name}.`));
      this.#isBack(name);
      return true;
    } catch (error) {
      if (!this.#awaySince.has(name)) this.#logger.warn({ err: error, needs: name }, 'not ready');
      if (!this.#awaySince.has(name)) this.#awaySince.set(name, Date.now());
      return false;
    }
  }

  #ask(name: string): Promise<unknown> {
    const asking = this.#asking.get(name) ?? this.#needs[name]?.().finally(() => this.#asking.delete(name));
    if (asking) this.#asking.set(name, asking);
    return asking ?? Promise.resolve();
  }

  #isBack(name: string): void {
    const since = this.#awaySince.get(name);
    if (since === undefined) return;
    this.#awaySince.delete(name);
    this.#logger.info({ needs: name, seconds: (Date.now() - since) / 1_000 }, 'what was needed is back');
  }
}
