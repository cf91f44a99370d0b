import type { Database } from '@kopru/runtime/database/database.ts';
import { validationFailed } from '@kopru/runtime/errors.ts';
import {
  type Connection,
  type ConnectionArgs,
  connectionOf,
  type PageRequest,
  pageRequest,
} from '@kopru/runtime/subgraph/connection.ts';

/** Lists of one table: each belongs to an owner and runs by id. */
export interface PagedTable<Node> {
  readonly table: string;
  /** The column that says whose list it is. */
  readonly owner: string;
  /** What is read of a row, named as `node` takes it; `id` among it. */
  readonly columns: string;
  readonly newestFirst: boolean;
  /** A cursor as the database compares it; undefined for a text that is none. */
  readonly place: (cursor: string) => string | number | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: each table narrows the row to its own columns.
  readonly node: (row: any) => Node;
}

/** One page of one owner's list, as a key for a loader. */
export type PageKey = string & { readonly page: unique symbol };

/** Checks paging arguments. @throws VALIDATION_FAILED */
export function pageKey<Node>({ place }: PagedTable<Node>, owner: string, args: ConnectionArgs): PageKey {
  const page = pageRequest(args);
  for (const side of ['after', 'before'] as const) {
    const cursor = page[side];
    if (cursor !== null && place(cursor) === undefined)
      throw validationFailed({ [side]: ['Not a cursor of this list.'] });
  }
  return JSON.stringify([owner, page]) as PageKey;
}
const parsed = (key: PageKey): readonly [owner: string, page: PageRequest] => JSON.parse(key);

/** As many lists as fit one statement; SQLite takes 500. */
const listsAtOnce = 100;

interface Row {
  readonly id: string | number;
  readonly list: number | string;
}

/** The pages of `keys`, each read by its index as far as it reaches, many of them in one statement. */
export async function readPages<Node>(
  { reader }: Database,
  table: PagedTable<Node>,
  keys: readonly PageKey[],
): Promise<Connection<Node>[]> {
  const found: Row[][] = keys.map(() => []);
  for (let start = 0; start < keys.length; start += listsAtOnce) {
    const { sql, parameters } = statementOf(table, keys.slice(start, start + listsAtOnce));
    const rows: Row[] = await reader.query(sql, parameters);
    for (const row of rows) found[start + Number(row.list)]?.push(row);
  }
  return keys.map((key, index) => {
    const [, page] = parsed(key);
    const descending = isDescending(table, page);
    // No database promises the order in which the parts of a UNION arrive.
    const rows = (found[index] ?? []).sort((a, b) => (descending ? compare(b.id, a.id) : compare(a.id, b.id)));
    const { edges, pageInfo } = connectionOf(rows, page, ({ id }) => String(id));
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: table.node(node) })), pageInfo };
  });
}

function statementOf<Node>(table: PagedTable<Node>, keys: readonly PageKey[]) {
  const parameters: (string | number)[] = [];
  const parts = keys.map((key, index) => {
    const [owner, page] = parsed(key);
    parameters.push(owner);
    const bounds = (['after', 'before'] as const).map((side) => {
      const place = page[side] === null ? undefined : table.place(page[side]);
      if (place === undefined) return '';
      parameters.push(place);
      return ` AND id ${(side === 'after') === table.newestFirst ? '<' : '>'} ?`;
    });
    const order = `ORDER BY id ${isDescending(table, page) ? 'DESC' : 'ASC'} LIMIT ${page.limit + 1}`;
    const list = `SELECT ${table.columns} FROM ${table.table} WHERE ${table.owner} = ?${bounds.join('')} ${order}`;
    return `SELECT ${index} AS list, list${index}.* FROM (${list}) AS list${index}`;
  });
  return { sql: parts.join(' UNION ALL '), parameters };
}

const isDescending = ({ newestFirst }: Pick<PagedTable<unknown>, 'newestFirst'>, { backward }: PageRequest): boolean =>
  newestFirst !== backward;

/** Numbers are text in MySQL where they may be large. */
function compare(a: string | number, b: string | number): number {
  const [one, other] = [Number(a), Number(b)];
  if (Number.isNaN(one) || Number.isNaN(other)) return a < b ? -1 : a > b ? 1 : 0;
  return one - other;
}

/** A cursor that is a whole number. */
export const numberPlace = (cursor: string): number | undefined =>
  /^\d{1,15}$/.test(cursor) ? Number(cursor) : undefined;

/** A moment as the driver gives it: text in SQLite. */
export const momentFrom = (value: Date | string): Date =>
  value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);
