import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/** When an account's address was last changed. */
export class ChangedAddresses1700000000004 implements MigrationInterface {
  readonly name = 'ChangedAddresses1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('user', 'emailChangedAt')))
      await runner.addColumn(
        'user',
        new TableColumn({ name: 'emailChangedAt', type: 'datetime', precision: 3, isNullable: true }),
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('user', 'emailChangedAt');
  }
}
