import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import { In } from 'typeorm';
import { SupportThread } from './thread.ts';

/** What only agents may know of a thread. */
export interface ThreadSecrets {
  readonly accountId: string | null;
  readonly assigneeId: string | null;
}

/** Finds threads by their ids, which whoever knows them may read. */
export class ThreadLookup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws NOT_FOUND */
  async known(id: string, context: Context): Promise<SupportThread> {
    const thread = isUuid(id) ? await context.load(this.byId).load(id) : null;
    if (!thread) throw notFound('SupportThread');
    return thread;
  }

  /** The same, and what began a moment ago is found even where reads lag behind. @throws NOT_FOUND */
  async knownNow(id: string): Promise<SupportThread> {
    if (!isUuid(id)) throw notFound('SupportThread');
    const thread =
      (await this.#database.reader.findOneBy(SupportThread, { id })) ??
      (await this.#database.write(({ manager }) => manager.findOneBy(SupportThread, { id })));
    if (!thread) throw notFound('SupportThread');
    return thread;
  }

  readonly byId: Batch<string, SupportThread | null> = async (ids) => {
    const threads = await this.#database.reader.findBy(SupportThread, { id: In([...ids]) });
    const found = new Map(threads.map((thread) => [thread.id, thread]));
    return ids.map((id) => found.get(id) ?? null);
  };

  /** For whoever has found out that an agent is reading. */
  readonly secrets: Batch<string, ThreadSecrets | null> = async (ids) => {
    const threads = await this.#database.reader.find(SupportThread, {
      select: { id: true, accountId: true, assigneeId: true },
      where: { id: In([...ids]) },
    });
    const found = new Map(threads.map((thread) => [thread.id, thread]));
    return ids.map((id) => {
      const { accountId = null, assigneeId = null } = found.get(id) ?? {};
      return found.has(id) ? { accountId, assigneeId } : null;
    });
  };
}
