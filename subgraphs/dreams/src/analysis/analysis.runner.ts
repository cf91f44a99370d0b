import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventLog, LogSubscription } from '@kopru/runtime/events/log.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { type KopruEvent, topic } from '@kopru/schema/events.ts';
import { claimAnalysis, dueAnalyses, type LeaseDependencies } from './analysis.lease.ts';
import { type WorkDependencies, workOn } from './analysis.work.ts';

interface Work {
  readonly dreamId: string;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

export interface RunnerDependencies extends LeaseDependencies, WorkDependencies {
  readonly log: EventLog;
  readonly logger: Logger;
}

/** Works on analyses, its own process's and those that others left, until it is closed. */
export class AnalysisRunner {
  readonly #parts: RunnerDependencies;
  readonly #work = new Map<string, Work>();
  /** Its work is nobody's request: whoever woke it may go before it is done. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #timer: NodeJS.Timeout | undefined;
  #subscription: LogSubscription | undefined;
  #looking: Promise<void> | undefined;
  #wanted = false;
  #closed = false;

  constructor(parts: RunnerDependencies) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { log, timing } = this.#parts;
    this.#subscription = await log.subscribe([topic.analyses], (event) => {
      const { type, payload } = event as unknown as KopruEvent;
      if (type === 'analysis.cancelled') this.#work.get(payload.analysis.id)?.stop.abort();
      if (type === 'dream.deleted')
        for (const { dreamId, stop } of this.#work.values()) if (dreamId === payload.dreamId) stop.abort();
    });
    this.#timer = setInterval(() => this.wake(), timing.lookEvery).unref();
    this.wake();
  }

  /** Leaves what it works on to others. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#subscription?.close();
    await this.#looking;
    const work = [...this.#work.values()];
    for (const { stop } of work) stop.abort(leaving);
    await Promise.all(work.map(({ done }) => done));
  }

  /** Has it look for what is to be done; it does so by itself as well. */
  wake(): void {
    this.#wanted = true;
    this.#looking ??= this.#outside(() => this.#look()).finally(() => {
      this.#looking = undefined;
      if (this.#wanted && !this.#closed && this.#free > 0) this.wake();
    });
  }

  get #free(): number {
    return this.#parts.timing.atOnce - this.#work.size;
  }

  async #look(): Promise<void> {
    const { log, logger } = this.#parts;
    this.#wanted = false;
    try {
      if (this.#closed || this.#free <= 0) return;
      // Without the log there is nobody to hear where the answer begins.
      const position = await log.position().catch(() => null);
      for (const id of await dueAnalyses(this.#parts, this.#free)) {
        // Its own lease may have run out while the process stood still; it is about to be renewed, or lost.
        const analysis = this.#closed || this.#work.has(id) ? null : await claimAnalysis(this.#parts, id, position);
        if (!analysis) continue;
        const stop = new AbortController();
        const done = workOn(this.#parts, analysis, stop, leaving).finally(() => {
          this.#work.delete(id);
          this.wake();
        });
        this.#work.set(id, { dreamId: analysis.dreamId, stop, done });
      }
    } catch (error) {
      logger.warn({ err: error }, 'analyses could not be looked for');
    }
  }
}

/** Why work is stopped that others should go on with. */
const leaving = new Error('The service is going down.');
