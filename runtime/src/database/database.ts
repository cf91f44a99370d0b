import type { EntityManager } from 'typeorm';
import type { EventDraft } from '../events/event.ts';

/** One subgraph's database. Reads and writes go different ways; see docs/adr on SQLite's single connection. */
export interface Database {
  /** For reading only; sees what is committed. On MySQL with a replica, it may lag behind by the replica's delay. */
  readonly reader: EntityManager;
  /**
   * Runs `work` in a transaction on the writer and commits it together with the events it emitted.
   * Resolves once the events are in the log, or, where the log is slow or away, as soon as they are safely stored.
   * Rejects, and nothing is written, when `work` rejects. A deadlock is retried, so `work` has no effects of its own.
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Rejects when the database cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Transaction {
  readonly manager: EntityManager;
  /** Stores an event that is published after this transaction commits, and never if it does not. */
  emit(draft: EventDraft): void;
  /** Whether the database is MySQL or SQLite, for the rare statement that the query builder cannot say for both. */
  readonly dialect: 'mysql' | 'sqlite';
}
