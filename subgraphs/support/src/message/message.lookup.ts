import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { notFound, unauthenticated } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import { type Connection, type ConnectionArgs, pageRequest } from '@kopru/runtime/subgraph/connection.ts';
import { In } from 'typeorm';
import { isAgent } from '../access/agents.ts';
import { type Entry, pageOf, readSlices, type Slice, sliceOf } from '../page/page.ts';
import { SupportMessage } from './message.ts';

/** Finds messages, for whoever may read the threads they are in. */
export class MessageLookup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A message by nothing but its id, which is no capability. @throws UNAUTHENTICATED; NOT_FOUND, also for all but agents */
  async forAgents(id: string, context: Context): Promise<SupportMessage> {
    if (context.reader.kind === 'anonymous') throw unauthenticated();
    const message = isAgent(context) ? await context.load(this.byId).load(id) : null;
    if (!message) throw notFound('SupportMessage');
    return message;
  }

  /** A page of what was written in a thread, oldest first; the newest 50 unless told otherwise. @throws VALIDATION_FAILED */
  async page(threadId: string, args: ConnectionArgs, context: Context): Promise<Connection<SupportMessage>> {
    const page = pageRequest(args.first == null && args.last == null ? { ...args, last: usual } : args);
    const list = {
      table: 'support_messages',
      owner: ['thread_id', threadId],
      order: 'id',
      descending: false,
    } as const;
    const slice = sliceOf(list, page, isUuid);
    const entries = await context.load(this.#slices).load(slice);
    const messages = context.load(this.byId);
    return pageOf(slice, entries, await Promise.all(entries.map(({ id }) => messages.load(id))));
  }

  readonly #slices: Batch<Slice, Entry[]> = (slices) => readSlices(this.#database.reader, slices);

  readonly byId: Batch<string, SupportMessage | null> = async (ids) => {
    const messages = await this.#database.reader.findBy(SupportMessage, { id: In([...ids]) });
    const found = new Map(messages.map((message) => [message.id, message]));
    return ids.map((id) => found.get(id) ?? null);
  };

  /** Who of the agents wrote each; for whoever has found out that an agent is reading. */
  readonly authors: Batch<string, string | null> = async (ids) => {
    const messages = await this.#database.reader.find(SupportMessage, {
      select: { id: true, authorId: true },
      where: { id: In([...ids]) },
    });
    const found = new Map(messages.map(({ id, authorId }) => [id, authorId ?? null]));
    return ids.map((id) => found.get(id) ?? null);
  };
}

const usual = 50;
