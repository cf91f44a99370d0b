import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

const table = new Table({
  name: 'support_shared_accounts',
  columns: [
    { name: 'thread_id', type: 'varchar', length: '36', isPrimary: true },
    { name: 'servers', type: 'text', isNullable: true },
    { name: 'credits', type: 'text', isNullable: true },
    { name: 'shared_at', type: 'datetime', precision: 3 },
  ],
});

/** What visitors show the agents of their accounts. */
export class SharedAccounts1700000003000 implements MigrationInterface {
  readonly name = 'SharedAccounts1700000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(table, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(table);
  }
}
