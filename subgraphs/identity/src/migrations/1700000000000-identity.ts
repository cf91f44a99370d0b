import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: `${length}` });
const moment = (name: string): TableColumnOptions => ({ name, type: 'datetime', precision: 3 });
const primary = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });
const nullable = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

const belongsTo = (table: string, column: string, name: string) => ({
  name,
  columnNames: [column],
  referencedTableName: table,
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
});

/** Users, what they sign in with, and their sessions. */
export class Identity1700000000000 implements MigrationInterface {
  readonly name = 'Identity1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'user',
        columns: [
          primary(text('id', 36)),
          text('username', 32),
          text('usernameKey', 128),
          text('email', 254),
          text('emailKey', 254),
          nullable(text('chosenName', 64)),
          nullable(text('avatarUrl', 2048)),
          nullable(text('bio', 500)),
          { name: 'active', type: 'boolean' },
          moment('createdAt'),
          moment('updatedAt'),
        ],
        indices: [
          { name: 'user_by_username', columnNames: ['usernameKey'], isUnique: true },
          { name: 'user_by_email', columnNames: ['emailKey'], isUnique: true },
        ],
      }),
      true,
    );
    await runner.createTable(
      new Table({
        name: 'password',
        columns: [primary(text('userId', 36)), text('hash', 255)],
        foreignKeys: [belongsTo('user', 'userId', 'password_of_user')],
      }),
      true,
    );
    await runner.createTable(
      new Table({
        name: 'session',
        columns: [
          primary(text('id', 36)),
          text('userId', 36),
          text('device', 64),
          text('address', 64),
          moment('createdAt'),
          moment('lastSeenAt'),
          moment('expiresAt'),
          text('tokenHash', 64),
          nullable(text('parentHash', 64)),
          nullable(text('successorSeed', 64)),
          nullable(moment('rotatedAt')),
          nullable(moment('revokedAt')),
          nullable(text('endReason', 32)),
        ],
        indices: [
          { name: 'session_by_user', columnNames: ['userId', 'revokedAt'] },
          { name: 'session_by_expiry', columnNames: ['expiresAt'] },
          { name: 'session_by_rotation', columnNames: ['rotatedAt'] },
          { name: 'session_by_end', columnNames: ['revokedAt'] },
        ],
        foreignKeys: [belongsTo('user', 'userId', 'session_of_user')],
      }),
      true,
    );
    await runner.createTable(
      new Table({
        name: 'refresh_token',
        columns: [primary(text('hash', 64)), text('sessionId', 36), moment('expiresAt')],
        indices: [
          { name: 'refresh_token_by_session', columnNames: ['sessionId'] },
          { name: 'refresh_token_by_expiry', columnNames: ['expiresAt'] },
        ],
        foreignKeys: [belongsTo('session', 'sessionId', 'refresh_token_of_session')],
      }),
      true,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['refresh_token', 'session', 'password', 'user']) await runner.dropTable(table);
  }
}
