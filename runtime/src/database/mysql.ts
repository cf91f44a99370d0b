import type { Engine, EntityClass, MigrationClass } from './engine.ts';
import type { Statements } from './statements.ts';

export interface MysqlOptions {
  readonly name: string;
  readonly url: string;
  readonly readUrl: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  readonly statements: Statements;
}
export async function openMysql(_: MysqlOptions): Promise<Engine> {
  throw new Error('not yet');
}
