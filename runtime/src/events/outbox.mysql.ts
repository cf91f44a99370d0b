import type { EntityManager } from 'typeorm';
import { writtenAt } from './outbox.ts';
import type { OutboxBatch, OutboxStore } from './relay.ts';

const batchSize = 500;

type Transact = <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>;

/** Any number of processes relay; each lane is locked by one of them, until what it read is appended and removed. */
export class MysqlOutbox implements OutboxStore {
  readonly #manager: EntityManager;
  readonly #transaction: Transact;

  /** `transaction` reads what is committed when a statement begins: the rows must be seen as the lock's last holder left them. */
  constructor(manager: EntityManager, transaction: Transact) {
    this.#manager = manager;
    this.#transaction = transaction;
  }

  relay(lanes: readonly number[], deliver: (batch: OutboxBatch) => Promise<void>): Promise<OutboxBatch> {
    return this.#transaction(async (manager) => {
      const free: { lane: number }[] = await manager.query(
        'SELECT lane FROM outbox_lane WHERE lane IN (?) FOR UPDATE SKIP LOCKED',
        [lanes],
      );
      const claimed = free.map(({ lane }) => lane);
      if (claimed.length === 0) return { claimed, events: [], more: false };
      const rows: { sequence: string; event: string }[] = await manager.query(
        `SELECT sequence, event FROM outbox WHERE lane IN (?) ORDER BY sequence LIMIT ${batchSize}`,
        [claimed],
      );
      const batch = { claimed, events: rows.map(({ event }) => JSON.parse(event)), more: rows.length === batchSize };
      await deliver(batch);
      // By primary key, so that no gap is locked in which a writer would wait.
      if (rows.length > 0)
        await manager.query('DELETE FROM outbox WHERE sequence IN (?)', [rows.map(({ sequence }) => sequence)]);
      return batch;
    });
  }

  async waiting(): Promise<number[]> {
    const rows: { lane: number }[] = await this.#manager.query('SELECT DISTINCT lane FROM outbox');
    return rows.map(({ lane }) => lane);
  }

  async oldest(): Promise<string | undefined> {
    const [row]: { event: string }[] = await this.#manager.query('SELECT event FROM outbox ORDER BY sequence LIMIT 1');
    return row && writtenAt(row.event);
  }

  async depth(): Promise<number> {
    const [row]: { depth: string }[] = await this.#manager.query('SELECT COUNT(*) AS depth FROM outbox');
    return Number(row?.depth);
  }
}
