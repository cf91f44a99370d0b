import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '@kopru/runtime/database/database.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { type Listener, messageIn } from './incoming.ts';
import { Lease } from './lease.ts';
import type { TelegramApi } from './telegram.api.ts';
import { receiveMessage } from './update.receive.ts';

/** How often to ask whether whoever polls is still there, and how long to wait after a failure, in milliseconds. */
const again = 1_000;
const longestPause = 30_000;

export interface PollingParts extends Listener {
  readonly database: Database;
  readonly api: TelegramApi;
  readonly logger: Logger;
  /** Something came. */
  readonly wake: () => void;
}

/** Asks Telegram for news, in one process at a time: it gives them to one only. */
export class Poller {
  readonly #parts: PollingParts;
  readonly #lease: Lease;
  readonly #ended = new AbortController();
  #running: Promise<void> | undefined;
  #holding = false;
  /** Whether Telegram was told that there is no webhook, since it last refused. */
  #told = false;
  #failures = 0;
  /** What comes next; what came before was stored. */
  #offset: number | undefined;

  constructor(parts: PollingParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.database, 'poll');
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#running;
    if (this.#holding) await this.#lease.give();
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      const pause = await this.#turn(signal);
      // Ends early where it is closed, which the loop sees by itself.
      if (pause > 0) await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** How long to wait for the next, in milliseconds. */
  async #turn(signal: AbortSignal): Promise<number> {
    const { logger, api } = this.#parts;
    try {
      this.#holding = await this.#lease.take();
      this.#told &&= this.#holding;
      if (!this.#holding) return again;
      // With a webhook that somebody set, Telegram would refuse to be asked.
      if (!this.#told) await api.deleteWebhook();
      this.#told = true;
      await this.#receive(signal);
      this.#failures = 0;
      return 0;
    } catch (error) {
      if (signal.aborted) return 0;
      this.#told = false;
      this.#failures += 1;
      if (this.#failures === 1) logger.warn({ err: error }, 'Telegram cannot be asked for news');
      return Math.min(longestPause, again * 2 ** (this.#failures - 1));
    }
  }

  async #receive(signal: AbortSignal): Promise<void> {
    const { api, database, wake } = this.#parts;
    for (const update of await api.updates(this.#offset, signal)) {
      const message = messageIn(update, this.#parts);
      if (message) await receiveMessage(database, message);
      this.#offset = update.update_id + 1;
      if (message) wake();
    }
  }
}
