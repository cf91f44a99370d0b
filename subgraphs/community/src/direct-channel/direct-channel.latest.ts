import type { Database } from '@kopru/runtime/database/database.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { EventLog, LogSubscription } from '@kopru/runtime/events/log.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { kopruEvent, topic } from '@kopru/schema/events.ts';
import { DirectChannelRecipient } from './direct-channel.ts';

/** For how long messages are gathered, in milliseconds: a lively conversation is one write. */
const gatherFor = 200;
const tryAgainAfter = 2_000;

/**
 * Keeps the place of each direct channel in the lists of its two people. Every instance hears of every message; whichever writes
 * first has the row, and the others find it done. What none heard of, the next message there mends.
 */
export class LatestMessages {
  readonly #database: Database;
  readonly #log: EventLog;
  readonly #logger: Logger;
  /** By channel, the newest message that is not written down. */
  readonly #latest = new Map<string, string>();
  #subscription: LogSubscription | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(database: Database, log: EventLog, logger: Logger) {
    this.#database = database;
    this.#log = log;
    this.#logger = logger;
  }

  async start(): Promise<void> {
    this.#subscription = await this.#log.subscribe([topic.directMessages], (event) => this.#hear(event));
  }

  /** Writes down what it has heard of. */
  async close(): Promise<void> {
    await this.#subscription?.close();
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#write();
  }

  #hear(event: LogEvent): void {
    const { type, payload } = kopruEvent(event);
    if (type !== 'message.created') return;
    this.#note(payload.message);
    this.#timer ??= setTimeout(() => this.#turn(), gatherFor);
  }

  #note({ id, channelId }: { readonly id: string; readonly channelId: string }): void {
    if (id > (this.#latest.get(channelId) ?? '')) this.#latest.set(channelId, id);
  }

  #turn(): void {
    this.#writing = this.#write().then((done) => {
      this.#timer = undefined;
      if (this.#latest.size > 0 && !this.#closed)
        this.#timer = setTimeout(() => this.#turn(), done ? gatherFor : tryAgainAfter);
    });
  }

  /** Whether all of it could be written. */
  async #write(): Promise<boolean> {
    const latest = [...this.#latest];
    this.#latest.clear();
    if (latest.length === 0) return true;
    try {
      await this.#database.write(async ({ manager }) => {
        // In one order everywhere, so that instances wait for each other and do not deadlock.
        for (const [channelId, latestId] of latest.sort(([a], [b]) => (a < b ? -1 : 1)))
          await manager
            .createQueryBuilder()
            .update(DirectChannelRecipient)
            .set({ latestId })
            .where('channel_id = :channelId AND latest_id < :latestId', { channelId, latestId })
            .execute();
      });
      return true;
    } catch (error) {
      this.#logger.warn({ err: error, channels: latest.length }, 'the order of direct channels was not written');
      for (const [channelId, id] of latest) this.#note({ id, channelId });
      return false;
    }
  }
}
