import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length,
  ...more,
});
const moment = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'datetime',
  precision: 3,
  ...more,
});
const number = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'int',
  ...more,
});

const tables = [
  new Table({
    name: 'telegram_deliveries',
    columns: [
      text('id', '36', { isPrimary: true }),
      text('chat_id', '20'),
      text('thread_id', '36'),
      text('message_id', '36', { isNullable: true }),
      { name: 'text', type: 'text', isNullable: true },
      text('file', '64', { isNullable: true }),
      number('tries'),
      moment('due_at'),
    ],
    indices: [
      { name: 'telegram_deliveries_by_due', columnNames: ['due_at'] },
      { name: 'telegram_deliveries_by_thread', columnNames: ['thread_id', 'id'] },
      { name: 'telegram_deliveries_by_chat', columnNames: ['chat_id'] },
    ],
  }),
  new Table({
    name: 'telegram_links',
    columns: [
      text('chat_id', '20', { isPrimary: true }),
      number('message_id', { isPrimary: true }),
      text('thread_id', '36'),
    ],
  }),
  new Table({
    name: 'telegram_updates',
    columns: [
      text('id', '20', { isPrimary: true }),
      text('chat_id', '20'),
      number('message_id'),
      { name: 'body', type: 'text', isNullable: true },
      number('tries'),
      moment('due_at', { isNullable: true }),
      moment('received_at'),
    ],
    indices: [
      { name: 'telegram_updates_by_message', columnNames: ['chat_id', 'message_id'], isUnique: true },
      { name: 'telegram_updates_by_due', columnNames: ['due_at'] },
      { name: 'telegram_updates_by_time', columnNames: ['received_at'] },
    ],
  }),
  new Table({
    name: 'telegram_chats',
    columns: [
      text('chat_id', '20', { isPrimary: true }),
      text('thread_id', '36', { isNullable: true }),
      moment('quiet_until', { isNullable: true }),
    ],
    indices: [{ name: 'telegram_chats_by_thread', columnNames: ['thread_id'] }],
  }),
  new Table({
    name: 'telegram_leases',
    columns: [text('name', '16', { isPrimary: true }), text('holder', '36'), moment('until')],
  }),
];

/** What goes to Telegram and comes from there. */
export class Telegram1700000002000 implements MigrationInterface {
  readonly name = 'Telegram1700000002000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.dropTable(table);
  }
}
