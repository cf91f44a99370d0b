import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { In, LessThan } from 'typeorm';
import { RefreshToken } from './refresh-token.ts';
import { grace } from './session.refresh.ts';
import { Session } from './session.ts';

/** How often, in milliseconds. */
const every = 60_000;
/** Rows in one transaction, and transactions in one round. */
const batch = 200;
const mostBatches = 50;
/** How long after its end a token is kept, so that whoever still shows it is told that it has run out; in milliseconds. */
const tokenKeptFor = 24 * 60 * 60 * 1000;
/** How long after its end a session is kept, in milliseconds. */
const keptFor = 7 * 24 * 60 * 60 * 1000;

/** Forgets what is of no use any more: seeds of successors, tokens that have run out, sessions long over. */
export class SessionSweep {
  readonly #database: Database;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#round = this.#round
        .then(() => this.sweep())
        .catch((error: unknown) => {
          this.#logger.error({ err: error }, 'old sessions could not be swept');
        });
    }, every).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** One round. */
  async sweep(now = Date.now()): Promise<void> {
    const rotated = LessThan(new Date(now - grace));
    const over = LessThan(new Date(now - keptFor));
    await this.#batches(async ({ manager }) => {
      const sessions = await manager.find(Session, {
        select: { id: true },
        where: { rotatedAt: rotated },
        take: batch,
      });
      const ids = sessions.map(({ id }) => id);
      const forgotten = { parentHash: null, successorSeed: null, rotatedAt: null };
      // Only where it has not been rotated again since.
      if (ids.length > 0) await manager.update(Session, { id: In(ids), rotatedAt: rotated }, forgotten);
      return ids.length;
    });
    await this.#batches(async ({ manager }) => {
      const tokens = await manager.find(RefreshToken, {
        where: { expiresAt: LessThan(new Date(now - tokenKeptFor)) },
        take: batch,
      });
      if (tokens.length > 0) await manager.delete(RefreshToken, { hash: In(tokens.map(({ hash }) => hash)) });
      return tokens.length;
    });
    for (const where of [{ expiresAt: over }, { revokedAt: over }])
      await this.#batches(async ({ manager }) => {
        const sessions = await manager.find(Session, { select: { id: true }, where, take: batch });
        if (sessions.length > 0) await manager.delete(Session, { id: In(sessions.map(({ id }) => id)) });
        return sessions.length;
      });
  }

  /** Repeats `forget`, which says how many rows it found, while there are more; for a while. */
  async #batches(forget: (tx: Transaction) => Promise<number>): Promise<void> {
    for (let count = 0; count < mostBatches; count++) if ((await this.#database.write(forget)) < batch) return;
  }
}
