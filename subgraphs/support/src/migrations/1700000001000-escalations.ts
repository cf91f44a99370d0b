import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

const table = new Table({
  name: 'support_escalations',
  columns: [
    { name: 'thread_id', type: 'varchar', length: '36', isPrimary: true },
    { name: 'account_id', type: 'varchar', length: '36' },
    { name: 'kind', type: 'varchar', length: '7' },
    { name: 'source_id', type: 'varchar', length: '36' },
  ],
  indices: [
    {
      name: 'support_escalations_by_source',
      columnNames: ['account_id', 'kind', 'source_id'],
      isUnique: true,
    },
  ],
});

/** What a thread was made of, and by whom. */
export class Escalations1700000001000 implements MigrationInterface {
  readonly name = 'Escalations1700000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(table, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(table);
  }
}
