import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

const table = 'direct_channel_recipient';
const column = 'latest_id';
const index = new TableIndex({ name: 'recipient_in_order', columnNames: ['user_id', column] });

/** Orders people's direct channels by what happened there last, as far as it is known: that they were opened. */
export class LatestMessages1795185000000 implements MigrationInterface {
  readonly name = 'LatestMessages1795185000000';

  /** Each step looks first, since MySQL commits each by itself and the next start begins anew. */
  async up(runner: QueryRunner): Promise<void> {
    // With a default, so that instances of the version before can go on inserting.
    if (!(await runner.hasColumn(table, column)))
      await runner.addColumn(
        table,
        new TableColumn({ name: column, type: 'varchar', length: '36', default: "''", isNullable: false }),
      );
    await runner.query(`UPDATE ${table} SET ${column} = channel_id WHERE ${column} = ''`);
    const { indices = [] } = (await runner.getTable(table)) ?? {};
    if (!indices.some(({ name }) => name === index.name)) await runner.createIndex(table, index.clone());
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex(table, index.clone());
    await runner.dropColumn(table, column);
  }
}
