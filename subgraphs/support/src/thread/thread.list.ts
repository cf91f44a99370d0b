import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { type Connection, type ConnectionArgs, pageRequest } from '@kopru/runtime/subgraph/connection.ts';
import { type Entry, type List, pageOf, readSlices, type Slice, sliceOf } from '../page/page.ts';
import type { ThreadLookup } from './thread.lookup.ts';
import { isPlace } from './thread.place.ts';
import type { SupportThread, SupportThreadStatus } from './thread.ts';

/** Lists threads, newest last message first, those without one last; for whoever has found out that the reader may. */
export class ThreadList {
  readonly #database: Database;
  readonly #lookup: ThreadLookup;

  constructor(database: Database, lookup: ThreadLookup) {
    this.#database = database;
    this.#lookup = lookup;
  }

  /** All, or those of one status. @throws VALIDATION_FAILED */
  all(status: SupportThreadStatus | null, args: ConnectionArgs, context: Context): Promise<Connection<SupportThread>> {
    return this.#page(status === null ? null : ['status', status], args, context);
  }

  /** Those that somebody began while signed in. @throws VALIDATION_FAILED */
  ofAccount(userId: string, args: ConnectionArgs, context: Context): Promise<Connection<SupportThread>> {
    return this.#page(['account_id', userId], args, context);
  }

  async #page(owner: List['owner'], args: ConnectionArgs, context: Context): Promise<Connection<SupportThread>> {
    const list = { table: 'support_threads', owner, order: 'place', descending: true } as const;
    const slice = sliceOf(list, pageRequest(args), isPlace);
    const entries = await context.load(this.#slices).load(slice);
    const threads = context.load(this.#lookup.byId);
    return pageOf(slice, entries, await Promise.all(entries.map(({ id }) => threads.load(id))));
  }

  readonly #slices: Batch<Slice, Entry[]> = (slices) => readSlices(this.#database.reader, slices);
}
