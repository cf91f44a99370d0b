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
    name: 'support_threads',
    columns: [
      id('id', { isPrimary: true }),
      text('display_name', '80'),
      text('status', '8'),
      text('origin', '8'),
      id('account_id', { isNullable: true }),
      id('assignee_id', { isNullable: true }),
      moment('created_at'),
      moment('last_activity_at'),
      text('place', '37'),
      id('last_message_id', { isNullable: true }),
      id('visitor_seen_id', { isNullable: true }),
      id('agents_seen_id', { isNullable: true }),
    ],
    indices: [
      { name: 'support_threads_by_place', columnNames: ['place'], isUnique: true },
      { name: 'support_threads_by_status', columnNames: ['status', 'place'] },
      { name: 'support_threads_by_account', columnNames: ['account_id', 'place'] },
    ],
  }),
  new Table({
    name: 'support_messages',
    columns: [
      id('id', { isPrimary: true }),
      id('thread_id'),
      text('sender', '7'),
      text('type', '5'),
      { name: 'text', type: 'text', isNullable: true },
      text('file_url', '512', { isNullable: true }),
      id('upload_id', { isNullable: true }),
      id('author_id', { isNullable: true }),
      text('nonce', '64', { isNullable: true }),
      moment('created_at'),
    ],
    indices: [
      // Covers paging and counting what a side wrote.
      { name: 'support_messages_by_thread', columnNames: ['thread_id', 'id', 'sender'] },
      // Not the thread first, or MariaDB reads a page by it and sorts.
      { name: 'support_messages_by_nonce', columnNames: ['nonce', 'thread_id'] },
      { name: 'support_messages_by_upload', columnNames: ['upload_id'] },
    ],
  }),
  new Table({
    name: 'support_notes',
    columns: [
      id('id', { isPrimary: true }),
      id('thread_id'),
      id('author_id'),
      { name: 'text', type: 'text' },
      moment('created_at'),
    ],
    indices: [{ name: 'support_notes_by_thread', columnNames: ['thread_id', 'id'] }],
  }),
  new Table({
    name: 'uploads',
    columns: [
      id('id', { isPrimary: true }),
      text('type', '5'),
      text('state', '9'),
      text('content_type', '64', { isNullable: true }),
      { name: 'size', type: 'int', isNullable: true },
      text('url', '512', { isNullable: true }),
      moment('created_at'),
      moment('expires_at', { isNullable: true }),
    ],
    indices: [
      { name: 'uploads_by_url', columnNames: ['url'], isUnique: true },
      { name: 'uploads_by_expiry', columnNames: ['expires_at'] },
    ],
  }),
];

/** Threads with their messages and notes, and files that were uploaded for them. */
export class Support1700000000000 implements MigrationInterface {
  readonly name = 'Support1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.dropTable(table);
  }
}
