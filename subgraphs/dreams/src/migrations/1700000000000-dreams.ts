import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const id = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: '36',
  ...more,
});
const moment = (name: string): TableColumnOptions => ({ name, type: 'datetime', precision: 3 });
const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: `${length}` });
const count = (name: string): TableColumnOptions => ({ name, type: 'int' });
const nullable = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

/** SQLite counts on only under the name `integer`. */
const ascending = (sqlite: boolean): TableColumnOptions => ({
  name: 'id',
  type: sqlite ? 'integer' : 'bigint',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
});

const ofDream = (name: string) => ({
  name,
  columnNames: ['dream_id'],
  referencedTableName: 'dreams',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
});

const tables = (sqlite: boolean): readonly Table[] => [
  new Table({
    name: 'dreams',
    columns: [
      id('id', { isPrimary: true }),
      id('author_id'),
      text('title', 100),
      nullable(text('description', 1000)),
      nullable(text('nonce', 64)),
      text('charge', 8),
      nullable(id('analysis_id')),
      moment('created_at'),
      moment('updated_at'),
    ],
    indices: [
      { name: 'dreams_by_author', columnNames: ['author_id', 'id'] },
      { name: 'dreams_by_nonce', columnNames: ['author_id', 'nonce'], isUnique: true },
    ],
  }),
  new Table({
    name: 'dream_messages',
    columns: [
      ascending(sqlite),
      id('dream_id'),
      text('role', 8),
      { name: 'message', type: 'text' },
      moment('created_at'),
      nullable(text('nonce', 64)),
    ],
    indices: [
      { name: 'dream_messages_by_dream', columnNames: ['dream_id', 'id'] },
      { name: 'dream_messages_by_nonce', columnNames: ['dream_id', 'nonce'], isUnique: true },
    ],
    foreignKeys: [ofDream('dream_messages_of_dream')],
  }),
  new Table({
    name: 'analyses',
    columns: [
      id('id', { isPrimary: true }),
      id('dream_id'),
      text('status', 9),
      { name: 'built_in', type: 'boolean' },
      count('attempts'),
      nullable(id('lease_owner')),
      nullable(moment('due_at')),
      nullable(text('log_position', 64)),
      nullable(moment('started_at')),
      nullable(moment('finished_at')),
      nullable(text('error_code', 32)),
    ],
    indices: [
      { name: 'analyses_by_dream', columnNames: ['dream_id'] },
      { name: 'analyses_by_due', columnNames: ['due_at'] },
    ],
    foreignKeys: [ofDream('analyses_of_dream')],
  }),
  new Table({
    name: 'credit_accounts',
    columns: [
      id('user_id', { isPrimary: true }),
      count('granted'),
      count('available'),
      count('held'),
      count('spent'),
      moment('anchor_at'),
      nullable(moment('renews_at')),
    ],
    indices: [{ name: 'credit_accounts_by_renewal', columnNames: ['renews_at'] }],
  }),
  new Table({
    name: 'credit_entries',
    columns: [
      ascending(sqlite),
      id('user_id'),
      text('kind', 8),
      count('moved'),
      nullable(id('dream_id')),
      text('reference', 64),
      moment('created_at'),
    ],
    indices: [
      { name: 'credit_entries_by_user', columnNames: ['user_id', 'id'] },
      { name: 'credit_entries_by_reference', columnNames: ['user_id', 'reference'], isUnique: true },
    ],
  }),
  new Table({ name: 'dreamers', columns: [id('user_id', { isPrimary: true }), moment('last_chat_at')] }),
];

/** Dreams, what was said about them, and what they cost. */
export class Dreams1700000000000 implements MigrationInterface {
  readonly name = 'Dreams1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables(isSqlite(runner))) await runner.createTable(table, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables(isSqlite(runner)).toReversed()) await runner.dropTable(table);
  }
}

const isSqlite = ({ dataSource }: QueryRunner): boolean => dataSource.options.type === 'better-sqlite3';
