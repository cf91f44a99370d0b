import { Column, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner, Table } from 'typeorm';
import { utcColumn } from '../database/columns.ts';
import type { Transaction } from '../database/database.ts';
import type { EventDraft } from '../events/event.ts';

/** What the tests of the runtime store. */
@Entity('note')
export class Note {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 200 })
  text!: string;

  @Column(utcColumn())
  writtenAt!: Date;

  @Column({ type: 'int' })
  count!: number;
}

export class Notes1700000000000 implements MigrationInterface {
  readonly name = 'Notes1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'note',
        columns: [
          { name: 'id', type: 'varchar', length: '36', isPrimary: true },
          { name: 'text', type: 'varchar', length: '200' },
          { name: 'writtenAt', type: 'datetime', precision: 3 },
          { name: 'count', type: 'int' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('note');
  }
}

/** Stores a note; what is not given has some value. */
export async function writeNote(tx: Transaction, note: Partial<Note> & Pick<Note, 'id'>): Promise<void> {
  await tx.manager
    .createQueryBuilder()
    .insert()
    .into(Note)
    .values({ text: '', writtenAt: new Date(), count: 0, ...note })
    .updateEntity(false)
    .execute();
}

/** An event of the topic `notes`, with `payload`. */
export const noted = (payload: EventDraft['payload'], aggregate = 'note'): EventDraft => ({
  type: 'noted',
  topics: ['notes'],
  aggregate,
  payload,
});
