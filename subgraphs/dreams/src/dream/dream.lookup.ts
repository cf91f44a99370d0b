import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import type { Connection, ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { In } from 'typeorm';
import { momentFrom, type PagedTable, type PageKey, pageKey, readPages } from '../page/page.ts';
import { Dream } from './dream.ts';

const byAuthor: PagedTable<Dream> = {
  table: 'dreams',
  owner: 'author_id',
  columns:
    'id, author_id AS authorId, title, description, nonce, charge, analysis_id AS analysisId, created_at AS createdAt, updated_at AS updatedAt',
  newestFirst: true,
  place: (cursor) => (isUuid(cursor) ? cursor : undefined),
  node: ({ list: _, ...row }) =>
    Object.assign(new Dream(), row, {
      createdAt: momentFrom(row.createdAt),
      updatedAt: momentFrom(row.updatedAt),
    }),
};

/** Finds dreams, each for its author alone. */
export class DreamLookup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws UNAUTHENTICATED; NOT_FOUND also where it is somebody else's; VIEWER_REQUIRED in a shared execution */
  async own(id: string, context: Context): Promise<Dream> {
    // Before the loader, which would keep the refusal for every field that asks.
    void context.viewer;
    const dream = await context.load(this.#own).load(id);
    if (!dream) throw notFound('Dream');
    return dream;
  }

  /** What a request loads, it loads for its one viewer: what is not theirs is not read at all. */
  readonly #own: Batch<string, Dream | null> = async (ids, { viewer }) => {
    const where = { id: In([...ids]), authorId: viewer.userId };
    const found = new Map((await this.#database.reader.findBy(Dream, where)).map((dream) => [dream.id, dream]));
    return ids.map((id) => found.get(id) ?? null);
  };

  /** A user's dreams, the newest first; whoever calls has made sure that the user asks. @throws VALIDATION_FAILED */
  async ofAuthor(userId: string, args: ConnectionArgs, context: Context): Promise<Connection<Dream>> {
    return context.load(this.#pages).load(pageKey(byAuthor, userId, args));
  }

  readonly #pages: Batch<PageKey, Connection<Dream>> = (keys) => readPages(this.#database, byAuthor, keys);
}
