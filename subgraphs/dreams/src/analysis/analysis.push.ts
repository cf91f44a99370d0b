import { setTimeout as wait } from 'node:timers/promises';
import type { Destination } from '@kopru/runtime/events/log.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { events } from '@kopru/schema/events.ts';
import type { Hearer } from '../analyst/analyst.ts';
import type { Analysis } from './analysis.ts';

export interface PushDependencies {
  readonly destination: Destination;
  readonly logger: Logger;
  /** The least time between two pieces, in milliseconds. */
  readonly every: number;
}

/**
 * Tells of an answer while it is written. What comes too fast goes together, and what cannot be sent goes with what follows:
 * nothing is lost by it, for the stored message has it all.
 */
export class AnswerPush implements Hearer {
  readonly #parts: PushDependencies;
  readonly #analysis: Pick<Analysis, 'id' | 'dreamId'>;
  #said = '';
  /** How much of it was sent, in UTF-16 units. */
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;
  #latest = Number.NEGATIVE_INFINITY;
  #sending: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: PushDependencies, analysis: Pick<Analysis, 'id' | 'dreamId'>) {
    this.#parts = parts;
    this.#analysis = analysis;
  }

  restart(): void {
    this.#said = '';
    this.#sent = 0;
  }

  hear(text: string): void {
    this.#said += text;
    this.#schedule();
  }

  /** Sends what is left, and nothing after it. */
  async flush(): Promise<void> {
    this.close();
    await this.#sending;
    await wait(Math.max(0, this.#latest + this.#parts.every - performance.now()));
    await this.#send(true);
  }

  /** Sends nothing more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#timer || this.#closed) return;
    const pause = this.#latest + this.#parts.every - performance.now();
    this.#timer = setTimeout(
      () => {
        // A timer that was set late in a turn of the event loop is early by as much.
        if (performance.now() < this.#latest + this.#parts.every) {
          this.#timer = undefined;
          this.#schedule();
          return;
        }
        this.#sending = this.#send(false).then(() => {
          this.#timer = undefined;
          if (this.#rest(false) !== '') this.#schedule();
        });
      },
      Math.max(1, pause),
    );
  }

  /** Half of a character waits for its other half. */
  #rest(whole: boolean): string {
    const rest = this.#said.slice(this.#sent);
    return whole || rest.isWellFormed() ? rest : rest.slice(0, -1);
  }

  async #send(whole: boolean): Promise<void> {
    const text = this.#rest(whole);
    if (text === '') return;
    const { id: analysisId, dreamId } = this.#analysis;
    const position = this.#sent;
    const said = this.#said;
    const { type, topics, payload } = events.analysisText({ dreamId, analysisId, text: text.toWellFormed(), position });
    try {
      const event = { id: newId(), type, topics, payload, at: new Date().toISOString() };
      const appended = this.#parts.destination.append([event]);
      this.#latest = performance.now();
      await appended;
      // Unless it began anew meanwhile.
      if (this.#said.startsWith(said)) this.#sent = position + text.length;
    } catch (error) {
      this.#parts.logger.debug({ err: error }, 'a piece of an answer waits for the next');
    }
  }
}
