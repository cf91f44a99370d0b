import type { EventLog, LogSubscription } from '@kopru/runtime/events/log.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { type KopruEvent, topic } from '@kopru/schema/events.ts';

/** What follows from accounts as they come and go. */
export interface AccountDuties {
  registered(userId: string): Promise<unknown>;
  deactivated(userId: string): Promise<unknown>;
}

/** Hears of accounts. What fails here, or is never heard, is made good by the first read and by the renewals. */
export class AccountListener {
  readonly #log: EventLog;
  readonly #logger: Logger;
  readonly #duties: AccountDuties;
  readonly #running = new Set<Promise<unknown>>();
  #subscription: LogSubscription | undefined;

  constructor(log: EventLog, logger: Logger, duties: AccountDuties) {
    this.#log = log;
    this.#logger = logger;
    this.#duties = duties;
  }

  async start(): Promise<void> {
    this.#subscription = await this.#log.subscribe([topic.accounts], (event) => {
      const { type, payload } = event as unknown as KopruEvent;
      if (type === 'user.registered') this.#run(type, this.#duties.registered(payload.userId));
      if (type === 'user.deactivated') this.#run(type, this.#duties.deactivated(payload.userId));
    });
  }

  /** Waits for what has begun. */
  async close(): Promise<void> {
    await this.#subscription?.close();
    await Promise.all(this.#running);
  }

  #run(type: string, duty: Promise<unknown>): void {
    const done = duty
      .catch((error: unknown) => this.#logger.warn({ err: error, event: type }, 'an account was not followed'))
      .finally(() => this.#running.delete(done));
    this.#running.add(done);
  }
}
