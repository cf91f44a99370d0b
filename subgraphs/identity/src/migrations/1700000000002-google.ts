import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

/** Which Google account signs in to which of ours. */
export class Google1700000000002 implements MigrationInterface {
  readonly name = 'Google1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'google_account',
        columns: [
          { name: 'id', type: 'varchar', length: '255', isPrimary: true },
          { name: 'userId', type: 'varchar', length: '36' },
        ],
        indices: [{ name: 'google_account_by_user', columnNames: ['userId'], isUnique: true }],
        foreignKeys: [
          {
            name: 'google_account_of_user',
            columnNames: ['userId'],
            referencedTableName: 'user',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          },
        ],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('google_account');
  }
}
