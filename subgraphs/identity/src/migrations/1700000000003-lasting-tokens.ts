import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/** Sessions whose refresh token stays the same. */
export class LastingTokens1700000000003 implements MigrationInterface {
  readonly name = 'LastingTokens1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    // With a default: instances of the version before go on beginning sessions.
    if (!(await runner.hasColumn('session', 'lasting')))
      await runner.addColumn('session', new TableColumn({ name: 'lasting', type: 'boolean', default: false }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('session', 'lasting');
  }
}
