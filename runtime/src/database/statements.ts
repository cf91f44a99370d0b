import type { Logger as TypeOrmLogger } from 'typeorm';
import type { Logger } from '../logger.ts';

export type StatementListener = (sql: string, parameters: readonly unknown[]) => void;

/** Hears every statement that TypeORM runs for a subgraph, and passes its warnings on. */
export class Statements implements TypeOrmLogger {
  readonly #listeners = new Set<StatementListener>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  listen(listener: StatementListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  logQuery(sql: string, parameters?: unknown): void {
    for (const listener of this.#listeners) listener(sql, Array.isArray(parameters) ? parameters : []);
  }

  /** Nothing: whoever ran the statement gets its error. */
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}

  /** Only failures come here. */
  logMigration(message: string): void {
    this.#logger.error(message);
  }

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    if (level === 'warn') this.#logger.warn({ detail: message }, 'the database connection warns');
  }
}
