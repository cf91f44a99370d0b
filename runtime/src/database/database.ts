import type { EntityManager } from 'typeorm';
import type { EventDraft } from '../events/event.ts';
import type { PoolUse } from './mysql.pool.ts';

/** One subgraph's database. Reads and writes go different ways; docs/adr/0002 says why. */
export interface Database {
  /** For reading only; sees what is committed. On MySQL with a replica, it may lag behind by the replica's delay. */
  readonly reader: EntityManager;
  /**
   * Runs `work` in a transaction on the writer and commits it together with the events it emitted.
   * Resolves once the events are in the log, or with the broker in front of it; where that is slow or away, as soon as they are safely stored.
   * Rejects, and nothing is written, when `work` rejects. What loses a deadlock or its connection runs again, so `work` has no
   * effects of its own. On MySQL it runs at READ COMMITTED: lock the rows that a decision rests on.
   * @throws UNAVAILABLE where the database is away, or went away during the commit.
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Resolves when every event that was committed before the call has left the outbox. Waits for as long as it must stay there. */
  drained(): Promise<void>;
  /** For metrics. */
  readonly outbox: OutboxMetrics;
  /** The connections, by what they are for; none with SQLite. For metrics. */
  readonly pools: Readonly<Record<string, PoolUse>>;
  /** Calls `listener` with each statement of a reader or a write, but for those that begin or end a transaction. Returns how to stop. */
  onStatement(listener: (sql: string, parameters: readonly unknown[]) => void): () => void;
  /** Rejects when the database cannot be reached. */
  ping(): Promise<void>;
  /** Relays what waits in the outbox, for seconds at most and not where it must stay there, and closes. */
  close(): Promise<void>;
}

export interface OutboxMetrics {
  /** Events committed and not yet relayed. */
  depth(): Promise<number>;
  /** How long the oldest of them has waited, in seconds; 0 where there is none. */
  oldest(): Promise<number>;
  /** Events this process relayed since its start. */
  relayed(): number;
  /** Attempts to do so that failed since its start. */
  failures(): number;
}

export type Dialect = 'mysql' | 'sqlite';

export interface Transaction {
  readonly manager: EntityManager;
  /** Stores an event that is published after this transaction commits, and never if it does not. */
  emit(draft: EventDraft): void;
  /** Whether the database is MySQL or SQLite, for the rare statement that the query builder cannot say for both. */
  readonly dialect: Dialect;
}
