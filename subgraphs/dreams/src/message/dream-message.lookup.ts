import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import type { Connection, ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { momentFrom, numberPlace, type PagedTable, type PageKey, pageKey, readPages } from '../page/page.ts';
import { DreamMessage } from './dream-message.ts';

const columns = ['id', 'dream_id AS dreamId', 'role', 'message', 'created_at AS createdAt', 'nonce'] as const;

// biome-ignore lint/suspicious/noExplicitAny: a row of the columns above, as either driver gives it.
const messageFrom = ({ list: _, ...row }: any): DreamMessage =>
  Object.assign(new DreamMessage(), row, { id: String(row.id), createdAt: momentFrom(row.createdAt) });

const ofDream: PagedTable<DreamMessage> = {
  table: 'dream_messages',
  owner: 'dream_id',
  columns: columns.join(', '),
  newestFirst: false,
  place: numberPlace,
  node: messageFrom,
};

/** Finds what was said about dreams, for their authors alone. */
export class DreamMessageLookup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws UNAUTHENTICATED; NOT_FOUND also where the dream is somebody else's; VIEWER_REQUIRED in a shared execution */
  async own(id: string, context: Context): Promise<DreamMessage> {
    void context.viewer;
    const message = await context.load(this.#own).load(id);
    if (!message) throw notFound('DreamMessage');
    return message;
  }

  readonly #own: Batch<string, DreamMessage | null> = async (ids, { viewer }) => {
    const places = ids.flatMap((id) => numberPlace(id) ?? []);
    if (places.length === 0) return ids.map(() => null);
    const rows: object[] = await this.#database.reader.query(
      `SELECT ${columns.map((column) => `m.${column}`).join(', ')} FROM dream_messages AS m
       JOIN dreams AS d ON d.id = m.dream_id AND d.author_id = ?
       WHERE m.id IN (${places.map(() => '?').join(', ')})`,
      [viewer.userId, ...places],
    );
    const found = new Map(rows.map(messageFrom).map((message) => [message.id, message]));
    return ids.map((id) => found.get(id) ?? null);
  };

  /** What was said about a dream, oldest first; whoever calls has made sure that its author asks. @throws VALIDATION_FAILED */
  async ofDream(dreamId: string, args: ConnectionArgs, context: Context): Promise<Connection<DreamMessage>> {
    return context.load(this.#pages).load(pageKey(ofDream, dreamId, args));
  }

  readonly #pages: Batch<PageKey, Connection<DreamMessage>> = (keys) => readPages(this.#database, ofDream, keys);
}
