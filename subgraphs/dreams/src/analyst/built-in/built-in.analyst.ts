import { setTimeout as wait } from 'node:timers/promises';
import { type Analyst, answerLength, type Hearer, type Talk } from '../analyst.ts';
import { cutAtSentence } from '../text.ts';
import { compose } from './composition.ts';

/** Answers from a lexicon of symbols, offline; in Turkish or English, as the dream is told. */
export class BuiltInAnalyst implements Analyst {
  readonly builtIn = true;
  readonly #pace: number;

  /** `pace` is the time from one sentence to the next, in milliseconds. */
  constructor(pace = 30) {
    this.#pace = pace;
  }

  async answer(talk: Talk, hearer: Hearer, signal: AbortSignal): Promise<string> {
    hearer.restart();
    const whole = (await compose(talk)).join('\n\n');
    const answer = whole.length > answerLength ? cutAtSentence(whole, answerLength) : whole;
    // As somebody reads who is spoken to, not all at once.
    for (const sentence of answer.match(/[\s\S]+?(?:[.!?:;]\s+|$)/g) ?? []) {
      signal.throwIfAborted();
      hearer.hear(sentence);
      await wait(this.#pace, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    return answer;
  }

  async close(): Promise<void> {}
}
