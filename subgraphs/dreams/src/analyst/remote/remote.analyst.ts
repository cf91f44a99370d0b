import { setTimeout as wait } from 'node:timers/promises';
import { reasonOf } from '@kopru/runtime/errors.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { Agent, request } from 'undici';
import { type Analyst, AnalystFailure, answerLength, type Hearer, type Talk } from '../analyst.ts';
import { clean, cutAtSentence } from '../text.ts';
import { piecesOf } from './completion.ts';
import { Patience, type Times, usualTimes } from './patience.ts';
import { type ChatMessage, promptFor } from './prompt.ts';

export interface RemoteAnalystOptions {
  /** Ends in the version (`https://api.openai.com/v1`), or in `/chat/completions`. */
  readonly url: string;
  readonly key?: string | undefined;
  readonly model: string;
  readonly logger: Logger;
  readonly times?: Times;
}

/** Whoever answers at an OpenAI-compatible endpoint. */
export class RemoteAnalyst implements Analyst {
  readonly builtIn = false;
  readonly #options: RemoteAnalystOptions;
  readonly #url: URL;
  readonly #times: Times;
  readonly #agent: Agent;

  constructor(options: RemoteAnalystOptions) {
    this.#options = options;
    this.#url = endpointOf(options.url);
    this.#times = options.times ?? usualTimes;
    // Silence is timed here, by what is said rather than by bytes.
    this.#agent = new Agent({ connect: { timeout: this.#times.connect }, headersTimeout: 0, bodyTimeout: 0 });
  }

  async answer(talk: Talk, hearer: Hearer, signal: AbortSignal): Promise<string> {
    const messages = promptFor(talk);
    const end = Date.now() + this.#times.total;
    for (let attempt = 1; ; attempt++) {
      hearer.restart();
      try {
        return await this.#attempt(messages, hearer, signal, end - Date.now());
      } catch (error) {
        signal.throwIfAborted();
        const failure = asFailure(error);
        const pause = Math.max(failure.pause, this.#times.pause * 2 ** (attempt - 1));
        const again = failure.mayPass && attempt < this.#times.attempts && Date.now() + pause < end;
        this.#options.logger.warn({ err: failure, attempt, again }, 'the analyst gave no answer');
        if (!again || failure.pause > this.#times.longestPause) throw failure;
        await wait(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #attempt(messages: readonly ChatMessage[], hearer: Hearer, signal: AbortSignal, left: number): Promise<string> {
    using patience = new Patience(signal, left);
    const { key, model } = this.#options;
    patience.allow(this.#times.firstToken, 'the first word');
    try {
      const { statusCode, headers, body } = await request(this.#url, {
        method: 'POST',
        dispatcher: this.#agent,
        signal: patience.signal,
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify({ model, messages, stream: true }),
      });
      if (statusCode !== 200) {
        // It may quote the key or the dream: it is not read.
        body.destroy();
        throw refusal(statusCode, headers['retry-after']);
      }
      let answer = '';
      for await (const piece of piecesOf(body)) {
        patience.allow(this.#times.betweenTokens, 'the next word');
        const text = clean(piece);
        if (text !== '') hearer.hear(text);
        answer += text;
        if (answer.length > answerLength) return cutAtSentence(answer, answerLength);
      }
      if (!/\S/.test(answer)) throw new AnalystFailure('ANALYST_ANSWER', "The analyst's answer is empty.");
      return answer.toWellFormed();
    } catch (error) {
      // Whatever a request says that was given up, this is why.
      throw patience.signal.aborted ? patience.signal.reason : error;
    }
  }
}

function endpointOf(url: string): URL {
  const endpoint = new URL(url);
  if (!endpoint.pathname.endsWith('/chat/completions'))
    endpoint.pathname = `${endpoint.pathname.replace(/\/$/, '')}/chat/completions`;
  return endpoint;
}

function refusal(status: number, retryAfter: string | string[] | undefined): AnalystFailure {
  const seconds = typeof retryAfter === 'string' && /^\d+$/.test(retryAfter) ? Number(retryAfter) : 0;
  const message = `The analyst answered ${status}.`;
  if (status === 429) return new AnalystFailure('ANALYST_REFUSED', message, { pause: seconds * 1_000 });
  if (status >= 500 || status === 408)
    return new AnalystFailure('ANALYST_UNAVAILABLE', message, { pause: seconds * 1_000 });
  return new AnalystFailure('ANALYST_REFUSED', message, { mayPass: false });
}

const asFailure = (error: unknown): AnalystFailure =>
  error instanceof AnalystFailure
    ? error
    : new AnalystFailure('ANALYST_UNAVAILABLE', `The analyst cannot be reached: ${reasonOf(error)}.`, { cause: error });
