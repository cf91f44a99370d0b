import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { allLanes } from './outbox.ts';

/** The outbox that every subgraph has. Each of its statements may run again, where it was cut off: MySQL undoes none. */
export class RuntimeOutbox1600000000000 implements MigrationInterface {
  readonly name = 'RuntimeOutbox1600000000000';

  async up(runner: QueryRunner): Promise<void> {
    const sqlite = runner.dataSource.options.type === 'better-sqlite3';
    await runner.createTable(
      new Table({
        name: 'outbox',
        columns: [
          {
            name: 'sequence',
            // SQLite counts on only under this very name.
            type: sqlite ? 'integer' : 'bigint',
            isPrimary: true,
            isGenerated: true,
            generationStrategy: 'increment',
          },
          { name: 'lane', type: 'tinyint' },
          { name: 'event', type: sqlite ? 'text' : 'mediumtext' },
        ],
        indices: [{ name: 'outbox_by_lane', columnNames: ['lane', 'sequence'] }],
      }),
      true,
    );
    await runner.createTable(
      new Table({ name: 'outbox_lane', columns: [{ name: 'lane', type: 'tinyint', isPrimary: true }] }),
      true,
    );
    await runner.query('DELETE FROM outbox_lane');
    await runner.query(`INSERT INTO outbox_lane (lane) VALUES ${allLanes.map((lane) => `(${lane})`).join(', ')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('outbox_lane');
    await runner.dropTable('outbox');
  }
}
