import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { codeOf, notFound, unauthenticated } from '@kopru/runtime/errors.ts';
import type { EntityManager } from 'typeorm';
import type { Access } from '../access/access.ts';
import { type MessageRow, messageColumns, messageFrom, placeholders } from './message.rows.ts';
import type { Message } from './message.ts';

/** Finds messages that are not deleted, by their ids. */
export class MessageLookup {
  readonly #database: Database;
  readonly #access: Access;

  constructor(database: Database, access: Access) {
    this.#database = database;
    this.#access = access;
  }

  /** For a message that the reader may read. @throws UNAUTHENTICATED; NOT_FOUND, also where it may not be read */
  async readable(id: string, context: Context): Promise<Message> {
    if (context.reader.kind === 'anonymous') throw unauthenticated();
    const message = await context.load(this.byId).load(id);
    if (!message) throw notFound('Message');
    await asIfMissing(this.#access.requireReadable(message.channelId, context));
    return message;
  }

  /** For a change: what was written a moment ago is found, even where reads lag behind. @throws NOT_FOUND */
  async toChange(id: string): Promise<Message> {
    const [message] = await find(this.#database.reader, [id]);
    if (message) return message;
    const [written] = await this.#database.write(({ manager }) => find(manager, [id]));
    if (!written) throw notFound('Message');
    return written;
  }

  readonly byId: Batch<string, Message | null> = async (ids) => {
    const messages = new Map((await find(this.#database.reader, ids)).map((message) => [message.id, message]));
    return ids.map((id) => messages.get(id) ?? null);
  };

  /** The newest message of each channel. */
  readonly lastOf: Batch<string, Message | null> = async (channelIds) => {
    const rows: MessageRow[] = await this.#database.reader.query(
      `SELECT ${messageColumns} FROM channel_heads AS head JOIN messages AS m ON m.id = head.last_message_id
       WHERE m.deleted = 0 AND head.channel_id IN (${placeholders(channelIds)})`,
      [...channelIds],
    );
    const messages = new Map(rows.map((row) => [row.channelId, messageFrom(row)]));
    return channelIds.map((id) => messages.get(id) ?? null);
  };
}

/** Who may not read a message does not learn that there is one. */
export async function asIfMissing<T>(access: Promise<T>): Promise<T> {
  return access.catch((error: unknown) => {
    throw codeOf(error) === 'FORBIDDEN' || codeOf(error) === 'NOT_FOUND' ? notFound('Message') : error;
  });
}

async function find(manager: EntityManager, ids: readonly string[]): Promise<Message[]> {
  const rows: MessageRow[] = await manager.query(
    `SELECT ${messageColumns} FROM messages AS m WHERE m.deleted = 0 AND m.id IN (${placeholders(ids)})`,
    [...ids],
  );
  return rows.map(messageFrom);
}
