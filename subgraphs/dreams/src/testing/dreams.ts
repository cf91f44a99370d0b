import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { type Answer, openTestSubgraph, type TestSubgraph } from '@kopru/runtime/testing/subgraph.ts';
import type { OpenBackend } from '@kopru/test/env/backends.ts';
import { v7 } from 'uuid';
import { CreditAccount } from '../credit/credit-account.ts';
import { CreditEntry, type CreditEntryKind } from '../credit/credit-entry.ts';
import { Dream } from '../dream/dream.ts';
import { dreams } from '../subgraph.ts';
import { AnalystServer } from './analyst-server.ts';

type As = string | Partial<Caller>;
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its operation.
type Data = Record<string, any>;

export const asService: Partial<Caller> = { asService: true };
export const asAudience = (...topics: string[]): Partial<Caller> => ({ audience: topics });

/** The id of somebody whose account is so many months old, and who has as many credits and one more. */
export function dreamerFor(months: number): string {
  const made = new Date();
  made.setUTCDate(1);
  made.setUTCMonth(made.getUTCMonth() - months);
  return v7({ msecs: made.getTime() });
}

export interface TestDreamsOptions {
  /** Has the built-in analyst answer. */
  readonly builtIn?: boolean;
  /** An analyst that another one opened, and closes. */
  readonly analyst?: AnalystServer;
}

/** The dreams subgraph, opened for tests. */
export class TestDreams implements AsyncDisposable {
  readonly graph: TestSubgraph;
  /** Accounts that are closed, as identity knows. */
  readonly closed: Set<string>;

  /** Who analyses, unless the settings name another or `builtIn` does: one that says nothing until it is told to. */
  readonly analyst: AnalystServer;
  readonly #ownAnalyst: boolean;

  private constructor(graph: TestSubgraph, closed: Set<string>, analyst: AnalystServer, ownAnalyst: boolean) {
    this.graph = graph;
    this.closed = closed;
    this.analyst = analyst;
    this.#ownAnalyst = ownAnalyst;
  }

  static async open(
    { settings }: OpenBackend,
    { builtIn = false, analyst }: TestDreamsOptions = {},
  ): Promise<TestDreams> {
    const server = analyst ?? (await AnalystServer.open());
    const closed = new Set<string>();
    const identity = (_: string, { ids = [] }: { ids?: string[] }) => ({
      revokedSessions: [],
      users: ids.map((id) => ({ id, active: !closed.has(id) })),
    });
    const own = builtIn ? {} : { ANALYST_URL: server.url, ANALYST_KEY: 'key', ANALYST_MODEL: 'model' };
    const graph = await openTestSubgraph(dreams, { settings: { ...settings, ...own }, peers: { identity } });
    return new TestDreams(graph, closed, server, !analyst);
  }

  /** The data of an operation that has no errors. */
  async run(query: string, variables: Data = {}, as?: As): Promise<Data> {
    const { data, errors } = await this.graph.execute(query, variables, as);
    if (errors) throw new AggregateError(errors, errors.map(({ message }) => message).join(' '));
    return data ?? {};
  }

  /** The code, and the resource or fields, of the one error of an operation that fails: `NOT_FOUND Dream`. */
  async fail(query: string, variables: Data = {}, as?: As): Promise<string> {
    return soleError(await this.graph.execute(query, variables, as));
  }

  /** The payload of a mutation with one input. */
  async change(as: As, mutation: string, input: Data, fields: string): Promise<Data> {
    return (await this.run(document(mutation, fields), { input }, as))[mutation];
  }

  /** As `fail`, for a mutation with one input. */
  refused(as: As | undefined, mutation: string, input: Data): Promise<string> {
    return this.fail(document(mutation, '__typename'), { input }, as);
  }

  /** A dream of this user, who must have a credit; gives its id. */
  async dream(userId: string, input: Data = {}): Promise<string> {
    return (await this.change(userId, 'createDream', input, 'dream { id }')).dream.id;
  }

  /** Fields of a user, as somebody reads them. */
  async user(userId: string, fields: string, as: As = userId, variables: Data = {}): Promise<Data> {
    const query = `query ($of: [_Any!]!, $first: Int, $after: String, $last: Int, $before: String) {
      _entities(representations: $of) { ... on User { ${fields} } }
    }`;
    return (await this.run(query, { of: [{ __typename: 'User', id: userId }], ...variables }, as))._entities[0];
  }

  /** What a user may spend. */
  async amount(userId: string): Promise<number> {
    return (await this.user(userId, 'credits { amount }')).credits.amount;
  }

  /** What the ledger of a user comes to, in three ways that must agree: its balances, its entries, and their dreams. */
  async ledger(userId: string) {
    // Whoever moves credits has the account to themselves, so nobody does between these looks.
    const { account, entries, held } = await this.graph.database.write(async (tx) => ({
      account: await lockedRow(tx, CreditAccount, { userId }),
      entries: await tx.manager.find(CreditEntry, { where: { userId }, order: { id: 'ASC' } }),
      held: await tx.manager.countBy(Dream, { authorId: userId, charge: 'HELD' }),
    }));
    const sum = (...kinds: CreditEntryKind[]): number =>
      entries.filter(({ kind }) => kinds.includes(kind)).reduce((total, { moved }) => total + Number(moved), 0);
    const { granted = 0, available = 0, spent = 0 } = account ?? {};
    return {
      entries: entries.map(({ kind }) => kind),
      balances: { granted, available, held: account?.held ?? 0, spent },
      byEntries: {
        granted: sum('GRANT'),
        available: entries.reduce((total, { amount }) => total + Number(amount), 0),
        held: sum('HOLD') - sum('CAPTURE', 'RELEASE'),
        spent: sum('CAPTURE'),
      },
      byDreams: { granted: available + held + spent, available, held, spent },
    };
  }

  /** The latest analysis of a dream, once it is over. */
  analysed(userId: string, dreamId: string): Promise<Data> {
    const query =
      'query ($id: ID!) { dream(id: $id) { analysis { id status builtIn startedAt finishedAt errorCode } } }';
    return eventually(async () => {
      const { analysis } = (await this.run(query, { id: dreamId }, userId)).dream;
      if (!analysis || /PENDING|RUNNING/.test(analysis.status)) throw new Error(`It is ${analysis?.status}.`);
      return analysis;
    });
  }

  /** Who said what about a dream. */
  async said(userId: string, dreamId: string): Promise<string[]> {
    const query = 'query ($id: ID!) { dream(id: $id) { messages(first: 100) { edges { node { role message } } } } }';
    const { messages } = (await this.run(query, { id: dreamId }, userId)).dream;
    return messages.edges.map(({ node }: Data) => `${node.role}: ${node.message}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.graph[Symbol.asyncDispose]();
    if (this.#ownAnalyst) await this.analyst[Symbol.asyncDispose]();
  }
}

export const stranger = (): string => newId();

function soleError({ errors }: Pick<Answer, 'errors'>): string {
  const [error, ...others] = errors ?? [];
  if (!error || others.length > 0) throw new Error(`There are ${errors?.length ?? 0} errors.`);
  const { code, resource, fields } = error.extensions as Data;
  return [code, resource ?? (fields && Object.keys(fields).join())].filter(Boolean).join(' ');
}

function document(mutation: string, fields: string): string {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
  return `mutation ($input: ${type}) { ${mutation}(input: $input) { ${fields} } }`;
}
