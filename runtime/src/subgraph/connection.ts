import { ArgsType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { validationFailed } from '../errors.ts';

/** Where a page lies in its list, as Relay's connection specification has it. */
@ObjectType({ description: 'Where a page lies in its list.' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether anything follows this page.' })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: 'Whether anything comes before this page.' })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'The cursor of the first edge; null on an empty page.' })
  startCursor!: string | null;
  @Field(() => String, { nullable: true, description: 'The cursor of the last edge; null on an empty page.' })
  endCursor!: string | null;
}

/** Relay's paging arguments: `first` with `after`, or `last` with `before`. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many from the start, 1 to 100. Without `first` and `last` it is 50.',
  })
  first?: number | null;
  @Field(() => String, { nullable: true, description: 'Only what follows this cursor.' })
  after?: string | null;
  @Field(() => Int, { nullable: true, description: 'How many from the end, 1 to 100.' })
  last?: number | null;
  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  before?: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
}

/** Which rows a page wants, whatever they are kept in. */
export interface PageRequest {
  readonly limit: number;
  readonly after: string | null;
  readonly before: string | null;
  /** Counting from the end: read in descending order, `limit + 1` rows, and give them to `connectionOf` as read. */
  readonly backward: boolean;
}

const largestPage = 100;

/** Checks paging arguments. @throws VALIDATION_FAILED for both directions at once, or a size outside 1 to 100. */
export function pageRequest(args: ConnectionArgs, usual = 50): PageRequest {
  const { first, last } = args;
  if (first != null && last != null) throw validationFailed({ first: ['Give first or last, not both.'] });
  const size = first ?? last ?? usual;
  if (size < 1 || size > largestPage)
    throw validationFailed({ [first != null ? 'first' : 'last']: [`A page has 1 to ${largestPage} entries.`] });
  return { limit: size, after: args.after ?? null, before: args.before ?? null, backward: last != null };
}

/** A page from the `limit + 1` rows that were read for it, in the order they were read. */
export function connectionOf<Node>(
  rows: readonly Node[],
  page: PageRequest,
  cursorOf: (node: Node) => string,
): Connection<Node> {
  const more = rows.length > page.limit;
  const kept = rows.slice(0, page.limit);
  if (page.backward) kept.reverse();
  const edges = kept.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.backward ? page.before !== null : more,
      hasPreviousPage: page.backward ? more : page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** The object types `<name>Connection` and `<name>Edge` over `node`. */
export function connectionType<Node extends object>(
  name: string,
  node: () => abstract new (...parameters: never[]) => Node,
) {
  @ObjectType(`${name}Edge`, { description: `One ${name} of a list, and its place there.` })
  class NodeEdge implements Edge<Node> {
    @Field(() => String, { description: 'Its place, for `after` and `before`.' })
    cursor!: string;
    @Field(node as never, { description: `The ${name}.` })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}s.` })
  class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge], { description: 'The page, in the order of the list.' })
    edges!: NodeEdge[];
    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    pageInfo!: PageInfo;
  }
  return NodeConnection;
}
