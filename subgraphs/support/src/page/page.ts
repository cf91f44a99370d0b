import { validationFailed } from '@kopru/runtime/errors.ts';
import { type Connection, connectionOf, type PageRequest } from '@kopru/runtime/subgraph/connection.ts';
import type { EntityManager } from 'typeorm';

/** A list that has pages: the rows of one owner, or all, in the order of one column. */
export interface List {
  readonly table: 'support_threads' | 'support_messages';
  readonly owner: readonly [column: string, value: string] | null;
  readonly order: 'id' | 'place';
  readonly descending: boolean;
}

/** One page of a list. */
export interface Slice {
  readonly list: List;
  readonly page: PageRequest;
}

/** A row of a page: its id, and its place in the list. */
export interface Entry {
  readonly id: string;
  readonly cursor: string;
}

/** @throws VALIDATION_FAILED where a cursor is none of the list */
export function sliceOf(list: List, page: PageRequest, isCursor: (text: string) => boolean): Slice {
  for (const side of ['after', 'before'] as const) {
    const cursor = page[side];
    if (cursor !== null && !isCursor(cursor)) throw validationFailed({ [side]: ['Not a cursor of this list.'] });
  }
  return { list, page };
}

/** SQLite takes 500 parts in one statement. */
const slicesAtOnce = 100;

/**
 * For each slice its rows in the order read, and one more where the list goes on: what `connectionOf` takes.
 * Each list is read by its index as far as the page reaches, all of them in one statement.
 */
export async function readSlices(manager: EntityManager, slices: readonly Slice[]): Promise<Entry[][]> {
  const found: Entry[][] = slices.map(() => []);
  for (let start = 0; start < slices.length; start += slicesAtOnce) {
    const parts = slices.slice(start, start + slicesAtOnce).map((slice, index) => statementOf(slice, start + index));
    const rows: (Entry & { slice: number | string })[] = await manager.query(
      parts.map(({ sql }) => sql).join(' UNION ALL '),
      parts.flatMap(({ parameters }) => parameters),
    );
    for (const { slice, id, cursor } of rows) found[Number(slice)]?.push({ id, cursor });
  }
  // No database promises the order in which the parts of a UNION arrive.
  for (const [index, slice] of slices.entries()) {
    const sign = isDescending(slice) ? -1 : 1;
    found[index]?.sort((a, b) => (a.cursor < b.cursor ? -sign : sign));
  }
  return found;
}

/** The page of a slice, from the rows that were read for it and what their ids stand for; what went meanwhile is left out. */
export function pageOf<Node>(
  slice: Slice,
  entries: readonly Entry[],
  nodes: readonly (Node | null)[],
): Connection<Node> {
  const placed = entries.map(({ cursor }, index) => ({ cursor, node: nodes[index] ?? null }));
  const { edges, pageInfo } = connectionOf(placed, slice.page, ({ cursor }) => cursor);
  return {
    edges: edges.flatMap(({ cursor, node: { node } }) => (node === null ? [] : [{ cursor, node }])),
    pageInfo,
  };
}

const isDescending = ({ list, page }: Slice): boolean => list.descending !== page.backward;

function statementOf(slice: Slice, index: number): { sql: string; parameters: string[] } {
  const { table, owner, order, descending } = slice.list;
  const { after, before, limit } = slice.page;
  const bounds = [
    ...(owner ? [[`${owner[0]} = ?`, owner[1]] as const] : []),
    ...(after === null ? [] : [[`${order} ${descending ? '<' : '>'} ?`, after] as const]),
    ...(before === null ? [] : [[`${order} ${descending ? '>' : '<'} ?`, before] as const]),
  ];
  const where = bounds.length === 0 ? '' : `WHERE ${bounds.map(([sql]) => sql).join(' AND ')}`;
  const rows = `SELECT id, ${order} AS place FROM ${table} ${where} ORDER BY ${order} ${isDescending(slice) ? 'DESC' : 'ASC'} LIMIT ${limit + 1}`;
  return {
    sql: `SELECT ${index} AS slice, id, place AS \`cursor\` FROM (${rows}) AS rows${index}`,
    parameters: bounds.map(([, value]) => value),
  };
}
