import type { Logger } from '@kopru/runtime/logger.ts';
import { LessThanOrEqual } from 'typeorm';
import { Connection } from './connection.ts';
import { changePresence, type PresenceDependencies } from './presence.change.ts';

const every = 5_000;
const usersAtOnce = 50;
const mostBatches = 20;

/** Takes away the connections whose lease has run out. Any number of processes may do so; each end is announced once. */
export class PresenceSweeper {
  readonly #parts: PresenceDependencies;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(parts: PresenceDependencies, logger: Logger) {
    this.#parts = parts;
    this.#logger = logger;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.sweep());
    }, every).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** What fails is logged and tried again with the next one. */
  async sweep(): Promise<void> {
    try {
      for (let batch = 0; batch < mostBatches; batch++) if ((await this.#sweepSome()) < usersAtOnce) return;
    } catch (error) {
      this.#logger.warn({ err: error }, 'ended connections could not be swept');
    }
  }

  /** How many users it looked at. */
  async #sweepSome(): Promise<number> {
    const ended = new Date(this.#parts.now());
    const users: { userId: string }[] = await this.#parts.database.reader.query(
      'SELECT DISTINCT user_id AS userId FROM presence_connections WHERE expires_at <= ? LIMIT ?',
      [ended, usersAtOnce],
    );
    const sweeps = users.map(({ userId }) =>
      changePresence(this.#parts, userId, async ({ manager }) => {
        await manager.delete(Connection, { userId, expiresAt: LessThanOrEqual(ended) });
      }),
    );
    const failed = (await Promise.allSettled(sweeps)).find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
    return users.length;
  }
}
