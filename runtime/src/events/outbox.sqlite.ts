import type { EntityManager } from 'typeorm';
import type { Mutex } from '../mutex.ts';
import { OutboxRow, writtenAt } from './outbox.ts';
import type { OutboxBatch, OutboxStore } from './relay.ts';

const batchSize = 500;

/** One process has the file, so there is one relay and every lane is free. */
export class SqliteOutbox implements OutboxStore {
  readonly #manager: EntityManager;
  readonly #mutex: Mutex;

  /** `manager` has a connection of its own; `mutex` is that of everything that writes. */
  constructor(manager: EntityManager, mutex: Mutex) {
    this.#manager = manager;
    this.#mutex = mutex;
  }

  async relay(lanes: readonly number[], deliver: (batch: OutboxBatch) => Promise<void>): Promise<OutboxBatch> {
    const rows = await this.#manager
      .createQueryBuilder(OutboxRow, 'row')
      .where('row.lane IN (:...lanes)', { lanes })
      .orderBy('row.sequence')
      .limit(batchSize)
      .getMany();
    const batch = {
      claimed: lanes,
      events: rows.map(({ event }) => JSON.parse(event)),
      more: rows.length === batchSize,
    };
    // Outside the mutex: what a listener does with the event may want to write.
    await deliver(batch);
    if (rows.length > 0)
      await this.#mutex.run(() =>
        this.#manager.delete(
          OutboxRow,
          rows.map(({ sequence }) => sequence),
        ),
      );
    return batch;
  }

  async waiting(): Promise<number[]> {
    const rows: { lane: number }[] = await this.#manager.query('SELECT DISTINCT lane FROM outbox');
    return rows.map(({ lane }) => lane);
  }

  async oldest(): Promise<string | undefined> {
    const [row]: { event: string }[] = await this.#manager.query('SELECT event FROM outbox ORDER BY sequence LIMIT 1');
    return row && writtenAt(row.event);
  }

  depth(): Promise<number> {
    return this.#manager.count(OutboxRow);
  }
}
