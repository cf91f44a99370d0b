import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { validationFailed } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import { type Connection, connectionOf, pageRequest } from '@kopru/runtime/subgraph/connection.ts';
import { largestOffset } from '@kopru/schema/limits.ts';
import type { Access } from '../access/access.ts';
import type { HistoryArgs } from './message.inputs.ts';
import { byChannel, type MessageRow, messageColumns, messageFrom } from './message.rows.ts';
import type { Message } from './message.ts';

/** Some of a channel's messages, in the order they are wanted. */
interface Slice {
  readonly channelId: string;
  readonly bounds: readonly (readonly ['<' | '<=' | '>', string])[];
  readonly backward: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** SQLite takes 500 parts in one statement. */
const slicesAtOnce = 100;

/** Pages of what was said in a channel, oldest first. */
export class MessageHistory {
  readonly #database: Database;
  readonly #access: Access;

  constructor(database: Database, access: Access) {
    this.#database = database;
    this.#access = access;
  }

  /** @throws VALIDATION_FAILED, and what `Access.requireReadable` throws */
  async page(channelId: string, args: HistoryArgs, context: Context): Promise<Connection<Message>> {
    const plan = args.around == null ? planned(channelId, args) : plannedAround(channelId, args, args.around);
    await this.#access.requireReadable(channelId, context);
    return plan((slice) => context.load(this.#slices).load(slice));
  }

  /** However many channels one request reads, this is one statement. */
  readonly #slices: Batch<Slice, readonly Message[]> = async (slices) => {
    const { reader } = this.#database;
    const found: Message[][] = slices.map(() => []);
    for (let start = 0; start < slices.length; start += slicesAtOnce) {
      const { sql, parameters } = statementOf(byChannel(reader), slices.slice(start, start + slicesAtOnce));
      const rows: (MessageRow & { slice: number })[] = await reader.query(sql, parameters);
      for (const row of rows) found[start + Number(row.slice)]?.push(messageFrom(row));
    }
    // The parts of one statement may come in any order.
    return found.map((messages, index) => messages.sort(slices[index]?.backward ? newestFirst : oldestFirst));
  };
}

type Load = (slice: Slice) => Promise<readonly Message[]>;

function planned(channelId: string, args: HistoryArgs): (load: Load) => Promise<Connection<Message>> {
  const offset = args.offset ?? 0;
  if (offset < 0 || offset > largestOffset) throw validationFailed({ offset: [`0 to ${largestOffset}.`] });
  const page = pageRequest(args.first == null && args.last == null ? { ...args, last: usual } : args);
  const after = page.after === null ? null : placeFrom('after', page.after);
  const before = page.before === null ? null : placeFrom('before', page.before);
  const bounds = [...(after ? [['>', after] as const] : []), ...(before ? [['<', before] as const] : [])];
  const { backward, limit } = page;
  return async (load) => {
    const rows = await load({ channelId, bounds, backward, limit: limit + 1, offset });
    const { edges, pageInfo } = connectionOf(rows, page, cursorOf);
    // What is skipped is there, on the side that the page counts from.
    const skipped = offset > 0 && edges.length > 0;
    const skips = backward ? { hasNextPage: true } : { hasPreviousPage: true };
    return { edges, pageInfo: skipped ? { ...pageInfo, ...skips } : pageInfo };
  };
}

/** Half of the page lies on each side of the middle; where it is even, the older side has one more. */
function plannedAround(channelId: string, args: HistoryArgs, cursor: string) {
  if (args.after != null || args.before != null || args.offset != null)
    throw validationFailed({ around: ['Not together with after, before or offset.'] });
  const middle = placeFrom('around', cursor);
  const { limit } = pageRequest(args, usual);
  const newer = Math.floor((limit - 1) / 2);
  const older = limit - newer;
  const part = { channelId, offset: 0 };
  return async (load: Load): Promise<Connection<Message>> => {
    const [before, after] = await Promise.all([
      load({ ...part, bounds: [['<=', middle]], backward: true, limit: older + 1 }),
      load({ ...part, bounds: [['>', middle]], backward: false, limit: newer + 1 }),
    ]);
    const messages = [...before.slice(0, older).reverse(), ...after.slice(0, newer)];
    const edges = messages.map((node) => ({ cursor: cursorOf(node), node }));
    const pageInfo = {
      hasNextPage: after.length > newer,
      hasPreviousPage: before.length > older,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
    return { edges, pageInfo };
  };
}

const usual = 50;
const cursorOf = (message: Message): string => message.id;
const oldestFirst = (a: Message, b: Message): number => (a.id < b.id ? -1 : 1);
const newestFirst = (a: Message, b: Message): number => oldestFirst(b, a);

function placeFrom(field: string, cursor: string): string {
  if (!isUuid(cursor)) throw validationFailed({ [field]: ['Not the cursor of a message.'] });
  return cursor.toLowerCase();
}

/** The index alone finds a page and skips what is before it; only the rows of the page itself are read. */
function statementOf(messages: string, slices: readonly Slice[]): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const parts = slices.map(({ channelId, bounds, backward, limit, offset }, index) => {
    const within = bounds.map(([operator]) => ` AND id ${operator} ?`).join('');
    parameters.push(index, channelId, ...bounds.map(([, id]) => id), limit, offset);
    return `SELECT ? AS slice, ${messageColumns} FROM (
      SELECT id FROM ${messages} WHERE channel_id = ? AND deleted = 0${within}
      ORDER BY id ${backward ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?
    ) AS page JOIN messages AS m ON m.id = page.id`;
  });
  return { sql: parts.join(' UNION ALL '), parameters };
}
