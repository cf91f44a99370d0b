import type { IncomingHttpHeaders } from 'node:http';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Viewer } from '@kopru/runtime/context.ts';
import type { ErrorCode } from '@kopru/runtime/errors.ts';
import type { Answer } from './dialect.ts';
import type { Failure } from './failure.ts';
import type { Fields } from './fields.ts';
import { everyNode, type Listen, type Page, type Run } from './operation.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** A method and a path as the legacy documents write them: `GET /servers/:server_id`. */
type Pattern = `${Method} /${string}`;
type Parameter<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? Name | Parameter<Tail>
    : Rest
  : never;

/** A reply that is more than a body: with headers, or with a status of its own. */
export class Reply implements Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  constructor({ status = 200, headers = {}, body }: Partial<Answer>) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** What a row may read of a request. */
export interface RouteRequest<Name extends string = string> {
  readonly headers: IncomingHttpHeaders;
  readonly params: Readonly<Record<Name, string>>;
  readonly query: Fields;
  /** Parsed when first read. @throws Refused for what is not a JSON object */
  readonly body: Fields;
  /** Who asks. @throws UNAUTHENTICATED on a public route */
  readonly viewer: Viewer;
}

/** A row of a legacy document, as `mount` serves it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  /** Runs without credentials; ones that are sent are not looked at, so that a stale token does not keep anybody from a login. */
  readonly public: boolean;
  /** Refuses a token that is shown and not good, although none is needed. */
  readonly checksToken?: boolean;
  /** Where this endpoint answers otherwise than its dialect does. */
  readonly errors: RouteErrors;
  /** The body of a 200, or a `Reply`. */
  answer(request: RouteRequest, run: Run, listen: Listen): Promise<unknown>;
}

/** By code, the answer, or what makes it of the failure. */
type RouteErrors = Partial<
  Readonly<Record<ErrorCode, Answer | ((failure: Failure & { readonly kind: 'operation' }) => Answer)>>
>;

interface Common {
  readonly public?: true;
  readonly checksToken?: true;
  readonly errors?: RouteErrors;
}
type Given<Key extends string, Variables, Make> =
  Record<string, never> extends Variables ? { readonly [K in Key]?: Make } : { readonly [K in Key]: Make };
type Request<P extends Pattern> = RouteRequest<Parameter<P>>;

/**
 * An endpoint that runs one operation. `variables` reads the request, `reply` makes the body from the data.
 * What the reply needs of others is asked `before`: once the operation has changed something, nothing else must fail.
 */
export function route<P extends Pattern, Data, Variables extends Record<string, unknown>, Before>(
  pattern: P,
  document: TypedDocumentNode<Data, Variables>,
  row: Common &
    Given<'variables', Variables, (request: Request<P>) => Variables> & {
      readonly before?: (run: Run, variables: Variables) => Promise<Before>;
      readonly reply: (data: Data, request: Request<P>, before: Before) => unknown;
    },
): Route {
  const variables = row.variables as ((request: Request<P>) => Variables) | undefined;
  return {
    ...described(pattern, row),
    answer: async (request, run) => {
      const given = variables?.(request as Request<P>) ?? ({} as Variables);
      const before = (await row.before?.(run, given)) as Before;
      return row.reply(await run(document, given), request as Request<P>, before);
    },
  };
}

/** An endpoint that lists a connection; `after` is for the operation's variable of that name. All of it, unless `paged` says that a page was asked for. */
export function listRoute<P extends Pattern, Data, Variables extends Record<string, unknown>, Node>(
  pattern: P,
  document: TypedDocumentNode<Data, Variables>,
  row: Common & {
    readonly variables: (request: Request<P>, after: string | null) => Variables;
    readonly page: (data: Data) => Page<Node>;
    readonly paged?: (request: Request<P>) => boolean;
    /** `next` is where to go on from after a page; null where nothing follows. */
    readonly reply: (nodes: readonly Node[], request: Request<P>, next: string | null) => unknown;
  },
): Route {
  return {
    ...described(pattern, row),
    answer: async (request, run) => {
      const own = request as Request<P>;
      if (!row.paged?.(own))
        return row.reply(await everyNode(run, document, (after) => row.variables(own, after), row.page), own, null);
      const { edges, pageInfo } = row.page(await run(document, row.variables(own, null)));
      const nodes = edges.map(({ node }) => node);
      return row.reply(nodes, own, pageInfo.hasNextPage ? pageInfo.endCursor : null);
    },
  };
}

function described(pattern: Pattern, { public: isPublic = false, checksToken = false, errors = {} }: Flags) {
  const [method, path] = pattern.split(' ') as [Method, string];
  return { method, path, public: isPublic, checksToken, errors };
}
type Flags = { readonly public?: boolean; readonly checksToken?: boolean } & Pick<Common, 'errors'>;
