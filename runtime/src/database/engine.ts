import type { EntityManager, MigrationInterface } from 'typeorm';
import type { OutboxStore } from '../events/relay.ts';
import type { Dialect } from './database.ts';
import type { PoolUse } from './mysql.pool.ts';

/** A decorated entity class, whatever its constructor takes. */
// biome-ignore lint/complexity/noBannedTypes: TypeORM tells them apart by identity alone.
export type EntityClass = Function;
export type MigrationClass = new () => MigrationInterface;

/** What SQLite and MySQL do differently. */
export interface Engine {
  readonly dialect: Dialect;
  /** Its statements are rejected with UNAVAILABLE during an outage. */
  readonly reader: EntityManager;
  readonly outbox: OutboxStore;
  /**
   * Runs `work` in one transaction. What `work` leaves running when it ends can no longer write.
   * @throws UNAVAILABLE where the connection broke during the commit.
   */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Whether a transaction that failed with `error` was rolled back for reasons that another try may not meet. */
  mayRetry(error: unknown): boolean;
  /** Whether `error` says nothing about the statement: the server is away, or there is no room. */
  isOutage(error: unknown): boolean;
  /** The connections, by what they are for. */
  readonly pools: Readonly<Record<string, PoolUse>>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
