import { validationFailed } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import {
  type Connection,
  type ConnectionArgs,
  connectionOf,
  connectionType,
  type PageRequest,
  pageRequest,
} from '@kopru/runtime/subgraph/connection.ts';
import type DataLoader from 'dataloader';
import { Field, Int } from 'type-graphql';
import type { EntityManager } from 'typeorm';

/** A page that also says how long the whole list is, if anybody asks. */
export interface CountedConnection<Node> extends Connection<Node> {
  readonly totalCount: Promise<number>;
}

/** `connectionType` with a `totalCount`. */
export function countedConnectionType<Node extends object>(
  name: string,
  node: () => abstract new (...parameters: never[]) => Node,
) {
  const type = connectionType(name, node);
  Field(() => Int, { description: 'The length of the whole list.' })(type.prototype, 'totalCount');
  return type;
}

/** A list that has pages: whose it is, and the table that keeps it in order. */
export interface PagedTable {
  readonly table: string;
  readonly owner: string;
  readonly id: string;
  /** The column that the list goes by, and cursors name; `id` unless given. No two rows of an owner have the same. */
  readonly place?: string;
  /** Whether the list begins with the greatest of them. */
  readonly descends?: boolean;
}

/** One page of one owner's list, as a key for a loader. */
export type PageKey = string & { readonly page: unique symbol };

/** Checks paging arguments. @throws VALIDATION_FAILED */
export function pageKey(owner: string, args: ConnectionArgs): PageKey {
  const page = pageRequest(args);
  for (const side of ['after', 'before'] as const)
    if (page[side] !== null && !isUuid(page[side])) throw validationFailed({ [side]: ['Not a cursor of this list.'] });
  return JSON.stringify([owner, page]) as PageKey;
}
const parsed = (key: PageKey): readonly [owner: string, page: PageRequest] => JSON.parse(key);

/** As many lists as fit one statement; SQLite takes 500. */
const listsAtOnce = 400;

/** One row of a page: its place in the list, and what is there unless it went away meanwhile. */
export interface Entry<Node> {
  readonly place: string;
  readonly node: Node | null;
}

/** The pages of `keys`; `load` finds what the ids stand for. */
export async function readPages<Node>(
  manager: EntityManager,
  table: PagedTable,
  keys: readonly PageKey[],
  load: (ids: readonly string[]) => Promise<ReadonlyMap<string, Node | null>>,
): Promise<Entry<Node>[][]> {
  const pages = await pageRows(manager, table, keys);
  const nodes = await load([...new Set(pages.flat().map(({ id }) => id))]);
  return pages.map((rows) => rows.map(({ place, id }) => ({ place, node: nodes.get(id) ?? null })));
}

interface Row {
  readonly place: string;
  readonly id: string;
}

/**
 * For each key the rows of its page in the order read, and one more where the list goes on: what `connectionOf` takes.
 * Each list is read by its index as far as the page reaches, all of them in one statement.
 */
async function pageRows(
  manager: EntityManager,
  { table, owner, id, place = id, descends = false }: PagedTable,
  keys: readonly PageKey[],
): Promise<Row[][]> {
  const pages: Row[][] = keys.map(() => []);
  const [past, short] = descends ? ['<', '>'] : ['>', '<'];
  for (let start = 0; start < keys.length; start += listsAtOnce) {
    const parameters: string[] = [];
    const parts = keys.slice(start, start + listsAtOnce).map((key, index) => {
      const [of, { limit, after, before, backward }] = parsed(key);
      parameters.push(of, ...(after ? [after] : []), ...(before ? [before] : []));
      const bounds = `${after ? ` AND \`${place}\` ${past} ?` : ''}${before ? ` AND \`${place}\` ${short} ?` : ''}`;
      const order = `\`${place}\` ${backward === descends ? 'ASC' : 'DESC'} LIMIT ${limit + 1}`;
      const columns = `${start + index} AS list, \`${place}\` AS place, \`${id}\` AS id`;
      const list = `SELECT ${columns} FROM \`${table}\` WHERE \`${owner}\` = ?${bounds} ORDER BY ${order}`;
      return `SELECT list, place, id FROM (${list}) AS list${index}`;
    });
    const rows: (Row & { list: number | string })[] = await manager.query(parts.join(' UNION ALL '), parameters);
    for (const row of rows) pages[Number(row.list)]?.push(row);
  }
  // No database promises the order in which the parts of a UNION arrive.
  keys.forEach((key, index) => {
    pages[index]?.sort((a, b) => (a.place < b.place ? -1 : 1));
    if (parsed(key)[1].backward !== descends) pages[index]?.reverse();
  });
  return pages;
}

/** The page of `key` from its entries, and the length of the list from `counts` when that is asked for. */
export function pageOf<Node>(
  key: PageKey,
  entries: readonly Entry<Node>[],
  counts: DataLoader<string, number>,
): CountedConnection<Node> {
  const [owner, page] = parsed(key);
  const { edges, pageInfo } = connectionOf(entries, page, ({ place }) => place);
  return {
    edges: edges.flatMap(({ cursor, node: { node } }) => (node === null ? [] : [{ cursor, node }])),
    pageInfo,
    get totalCount() {
      return counts.load(owner);
    },
  };
}

/** How many rows each owner has. */
export async function counts(
  manager: EntityManager,
  { table, owner }: Pick<PagedTable, 'table' | 'owner'>,
  owners: readonly string[],
): Promise<number[]> {
  const marks = owners.map(() => '?').join(', ');
  const rows: { owner: string; count: number | string }[] = await manager.query(
    `SELECT \`${owner}\` AS owner, COUNT(*) AS count FROM \`${table}\` WHERE \`${owner}\` IN (${marks}) GROUP BY \`${owner}\``,
    [...owners],
  );
  const found = new Map(rows.map((row) => [row.owner, Number(row.count)]));
  return owners.map((one) => found.get(one) ?? 0);
}
