import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions, TableForeignKey } from 'typeorm';

const id = (name: string): TableColumnOptions => ({ name, type: 'varchar', length: '36' });
const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const whole = (name: string): TableColumnOptions => ({ name, type: 'int' });
const moment = (name: string): TableColumnOptions => ({ name, type: 'datetime', precision: 3 });
const key = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

/** What belongs to a row goes with it. */
const belongsTo = (table: string, column = `${table}_id`): TableForeignKey =>
  new TableForeignKey({
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    onDelete: 'CASCADE',
  });

const tables: readonly Table[] = [
  new Table({
    name: 'server',
    columns: [
      key(id('id')),
      text('name', 100),
      optional(text('description', 1000)),
      optional(text('icon_url', 2048)),
      id('owner_id'),
      moment('created_at'),
      moment('updated_at'),
    ],
  }),
  new Table({
    name: 'role',
    columns: [
      key(id('id')),
      id('server_id'),
      text('name', 100),
      optional(text('color', 7)),
      whole('position'),
      whole('permissions'),
    ],
    indices: [{ name: 'role_in_order', columnNames: ['server_id', 'position'] }],
    foreignKeys: [belongsTo('server')],
  }),
  new Table({
    name: 'member',
    columns: [key(id('id')), id('server_id'), id('user_id'), optional(text('nickname', 100)), moment('joined_at')],
    indices: [
      // The person first: an index that began with the server would be taken for the pages of its members, and sort them all.
      { name: 'member_once', columnNames: ['user_id', 'server_id'], isUnique: true },
      { name: 'member_of_server', columnNames: ['server_id', 'id'] },
      { name: 'member_of_user', columnNames: ['user_id', 'id'] },
    ],
    foreignKeys: [belongsTo('server')],
  }),
  new Table({
    name: 'member_role',
    columns: [key(id('member_id')), key(id('role_id'))],
    indices: [{ name: 'member_role_by_role', columnNames: ['role_id'] }],
    foreignKeys: [belongsTo('member'), belongsTo('role')],
  }),
  new Table({
    name: 'channel',
    columns: [
      key(id('id')),
      text('type', 6),
      optional(id('server_id')),
      optional(text('name', 100)),
      optional(text('name_key', 400)),
      optional(text('topic', 1024)),
      whole('position'),
      optional(text('pair_key', 73)),
      moment('created_at'),
      moment('updated_at'),
    ],
    indices: [
      { name: 'channel_name', columnNames: ['server_id', 'name_key'], isUnique: true },
      { name: 'channel_of_pair', columnNames: ['pair_key'], isUnique: true },
    ],
    foreignKeys: [belongsTo('server')],
  }),
  new Table({
    name: 'direct_channel_recipient',
    columns: [key(id('user_id')), key(id('channel_id'))],
    indices: [{ name: 'recipient_of_channel', columnNames: ['channel_id'] }],
    foreignKeys: [belongsTo('channel')],
  }),
  new Table({
    name: 'invite',
    columns: [
      key(text('code', 22)),
      id('server_id'),
      id('inviter_id'),
      moment('created_at'),
      optional(moment('expires_at')),
      optional(whole('max_uses')),
      whole('uses'),
    ],
    indices: [{ name: 'invite_of_server', columnNames: ['server_id'] }],
    foreignKeys: [belongsTo('server')],
  }),
  new Table({
    name: 'ban',
    columns: [
      key(id('id')),
      id('server_id'),
      id('user_id'),
      optional(text('reason', 1000)),
      id('banned_by_id'),
      moment('created_at'),
    ],
    indices: [
      { name: 'ban_once', columnNames: ['user_id', 'server_id'], isUnique: true },
      { name: 'ban_of_server', columnNames: ['server_id', 'id'] },
    ],
    foreignKeys: [belongsTo('server')],
  }),
];

/** Servers with all that belongs to them, and direct channels. */
export class Community1700000000000 implements MigrationInterface {
  readonly name = 'Community1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table.clone(), true);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.dropTable(table.name);
  }
}
