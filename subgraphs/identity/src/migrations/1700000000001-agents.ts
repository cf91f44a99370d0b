import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';

/** One-time codes, and which accounts and sessions are support agents'. */
export class Agents1700000000001 implements MigrationInterface {
  readonly name = 'Agents1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'agent_code',
        columns: [
          { name: 'id', type: 'int', isPrimary: true },
          { name: 'hash', type: 'varchar', length: '64' },
          { name: 'tries', type: 'int' },
          { name: 'expiresAt', type: 'datetime', precision: 3 },
        ],
      }),
      true,
    );
    await runner.createTable(
      new Table({
        name: 'agent_account',
        columns: [
          { name: 'name', type: 'varchar', length: '254', isPrimary: true },
          { name: 'userId', type: 'varchar', length: '36' },
        ],
        foreignKeys: [
          {
            name: 'agent_account_of_user',
            columnNames: ['userId'],
            referencedTableName: 'user',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
      true,
    );
    // With a default: instances of the version before go on beginning sessions.
    if (!(await runner.hasColumn('session', 'agent')))
      await runner.addColumn('session', new TableColumn({ name: 'agent', type: 'boolean', default: false }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('session', 'agent');
    for (const table of ['agent_account', 'agent_code']) await runner.dropTable(table);
  }
}
