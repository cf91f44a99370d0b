import type { Database } from '@kopru/runtime/database/database.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { Storage } from '@kopru/runtime/storage/storage.ts';
import { LessThanOrEqual } from 'typeorm';
import { nameOf, Upload } from './upload.ts';

/** How often, in milliseconds. */
const every = 60_000;
const uploadsAtOnce = 100;
/** After how long one that failed is tried again, in milliseconds. */
const again = 10 * 60_000;

/** Takes away uploads that were given up, or that nobody sent in time: first the file, then its row. */
export class UploadSweep {
  readonly #database: Database;
  readonly #storage: () => Pick<Storage, 'delete'>;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #waiting = false;

  constructor(database: Database, storage: () => Pick<Storage, 'delete'>, logger: Logger) {
    this.#database = database;
    this.#storage = storage;
    this.#logger = logger;
  }

  start(): void {
    this.#timer = setInterval(() => this.soon(), every).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** Begins a round after the one that runs. What fails in it is logged, and tried again in the next. */
  soon(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#round = this.#round
      .then(() => {
        this.#waiting = false;
        return this.sweep();
      })
      .catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'uploads that nobody sent could not be taken away');
      });
  }

  /** One round. */
  async sweep(now = new Date()): Promise<void> {
    while ((await this.#sweepSome(now)) > 0);
  }

  /** How many it took away. */
  async #sweepSome(now: Date): Promise<number> {
    const due = { expiresAt: LessThanOrEqual(now) };
    const uploads = await this.#database.write(async ({ manager }) => {
      const found = await manager.find(Upload, { where: due, order: { expiresAt: 'ASC' }, take: uploadsAtOnce });
      const claimed: Upload[] = [];
      // From here on no message takes it, so the file is nobody's when it goes; one that was sent meanwhile is left alone.
      for (const upload of found) {
        const { affected } = await manager.update(Upload, { id: upload.id, ...due }, { state: 'DISCARDED' });
        if (affected === 1) claimed.push(upload);
      }
      return claimed;
    });
    for (const upload of uploads) await this.#takeAway(upload, now);
    return uploads.length;
  }

  async #takeAway(upload: Upload, now: Date): Promise<void> {
    const { id, type, createdAt } = upload;
    try {
      await this.#storage().delete(nameOf(upload));
      await this.#database.write(({ manager }) => manager.delete(Upload, { id, state: 'DISCARDED' }));
    } catch (error) {
      // Not its id, which is where it is read: these tell which row it is.
      this.#logger.warn({ err: error, type, createdAt }, 'a file that nobody sent could not be taken away');
      // Behind the others, so that one that cannot go does not keep them.
      const expiresAt = new Date(now.getTime() + again);
      await this.#database.write(({ manager }) => manager.update(Upload, { id }, { expiresAt }));
    }
  }
}
