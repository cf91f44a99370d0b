import type { EntityManager } from 'typeorm';
import { Message } from './message.ts';

/** What is read of a message that is not deleted, under the alias `m`. */
export const messageColumns = [
  'm.id AS id',
  'm.channel_id AS channelId',
  'm.author_id AS authorId',
  'm.content AS content',
  'm.nonce AS nonce',
  'm.reply_to_id AS replyToId',
  'm.created_at AS createdAt',
  'm.edited_at AS editedAt',
].join(', ');

/** The columns as the driver gives them: moments are text in SQLite. */
export interface MessageRow {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly content: string;
  readonly nonce: string | null;
  readonly replyToId: string | null;
  readonly createdAt: Date | string;
  readonly editedAt: Date | string | null;
}

/** By hand, since lists are long and TypeORM's way takes several times as long a row. */
export function messageFrom(row: MessageRow): Message {
  const message = new Message();
  message.id = row.id;
  message.channelId = row.channelId;
  message.authorId = row.authorId;
  message.content = row.content;
  message.nonce = row.nonce;
  message.replyToId = row.replyToId;
  message.createdAt = momentFrom(row.createdAt);
  message.editedAt = row.editedAt === null ? null : momentFrom(row.editedAt);
  message.deleted = false;
  return message;
}

const momentFrom = (value: Date | string): Date =>
  value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);

/**
 * Reads `messages` by its index of channels up to a place there. Left to choose, MariaDB looks up the channel alone
 * and passes over all of its messages.
 */
export const byChannel = ({ dataSource }: EntityManager): string =>
  dataSource.options.type === 'better-sqlite3' ? 'messages' : 'messages FORCE INDEX (messages_by_channel)';

/** As many placeholders as values, for `IN`. */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
