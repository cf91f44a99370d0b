import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const id = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: '36',
  ...more,
});
const moment = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'datetime',
  precision: 3,
  ...more,
});
const text = (name: string, length: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length,
  ...more,
});

const tables = [
  new Table({
    name: 'messages',
    columns: [
      id('id', { isPrimary: true }),
      id('channel_id'),
      id('author_id'),
      { name: 'content', type: 'text' },
      text('nonce', '64', { isNullable: true }),
      id('reply_to_id', { isNullable: true }),
      moment('created_at'),
      moment('edited_at', { isNullable: true }),
      { name: 'deleted', type: 'boolean', default: false },
    ],
    indices: [
      // Covers paging and counting what others wrote.
      { name: 'messages_by_channel', columnNames: ['channel_id', 'deleted', 'id', 'author_id'] },
      { name: 'messages_by_nonce', columnNames: ['author_id', 'channel_id', 'nonce'], isUnique: true },
    ],
  }),
  new Table({
    name: 'channel_heads',
    columns: [
      id('channel_id', { isPrimary: true }),
      id('last_id', { isNullable: true }),
      id('last_message_id', { isNullable: true }),
    ],
  }),
  new Table({
    name: 'read_states',
    columns: [id('user_id', { isPrimary: true }), id('channel_id', { isPrimary: true }), id('last_read_id')],
  }),
  new Table({
    name: 'presences',
    columns: [
      id('user_id', { isPrimary: true }),
      text('status', '8', { default: "'OFFLINE'" }),
      text('custom_status', '128', { isNullable: true }),
      text('chosen_status', '8', { default: "'ONLINE'" }),
      text('chosen_custom_status', '128', { isNullable: true }),
    ],
  }),
  new Table({
    name: 'presence_connections',
    columns: [text('id', '64', { isPrimary: true }), id('user_id'), moment('expires_at')],
    indices: [
      { name: 'presence_connections_by_user', columnNames: ['user_id'] },
      { name: 'presence_connections_by_expiry', columnNames: ['expires_at'] },
    ],
  }),
];

/** Messages, how far each reader is, and who is there. */
export class Messaging1700000000000 implements MigrationInterface {
  readonly name = 'Messaging1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.dropTable(table);
  }
}
