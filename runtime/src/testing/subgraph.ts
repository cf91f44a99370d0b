import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FormattedExecutionResult } from 'graphql';
import { commonSettings, readSettings } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { LogEvent } from '../events/event.ts';
import { type Ground, openGround } from '../ground.ts';
import { newId } from '../ids.ts';
import type { Caller, Handshake, SubgraphClient } from '../subgraph/client.ts';
import type { SubgraphDefinition } from '../subgraph/definition.ts';
import type { LocalSubgraph } from '../subgraph/local.ts';
import { openSubgraph } from '../subgraph/open.ts';

/** How a test answers for another subgraph: operation text, variables and who asks in, data out. What it throws is the error. */
type PeerAnswer = (query: string, variables: Record<string, unknown>, caller: Caller) => unknown;

export interface TestSubgraphOptions {
  /** `DATABASE_URL`, `REDIS_URL` and the like; SQLite in a directory of its own and the log in memory where absent. */
  readonly settings?: NodeJS.ProcessEnv;
  /** What the subgraph asks of others, answered by the test: by the name of the other. */
  readonly peers?: Readonly<Record<string, PeerAnswer>>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test knows the shape of what it asked for.
export type Answer = FormattedExecutionResult<Record<string, any>>;

/** One subgraph, opened for a test, with ways to speak to it as anybody. */
export interface TestSubgraph extends AsyncDisposable {
  readonly subgraph: LocalSubgraph;
  readonly database: Database;
  readonly ground: Ground;
  /** Runs an operation; `as` is a user's id, a caller in full, or nobody. */
  execute(query: string, variables?: Record<string, unknown>, as?: string | Partial<Caller>): Promise<Answer>;
  handshake(query: string, variables?: Record<string, unknown>, as?: string | Partial<Caller>): Promise<Handshake>;
  project(
    event: LogEvent,
    query: string,
    variables?: Record<string, unknown>,
    as?: string | Partial<Caller>,
  ): Promise<Answer>;
  /** Every event of these topics from here on, in order. */
  record(...topics: string[]): Promise<LogEvent[]>;
  /** An access token for a user, in a session that nothing has ended. */
  tokenFor(userId: string, sessionId?: string): Promise<string>;
}

export async function openTestSubgraph(
  definition: SubgraphDefinition,
  options: TestSubgraphOptions = {},
): Promise<TestSubgraph> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kopru-'));
  const settings = readSettings(
    { ...commonSettings, ...definition.settings },
    {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATA_DIR: dataDir,
      ...options.settings,
    },
  );
  const ground = await openGround(definition.name, settings);
  const answers = { identity: () => ({ revokedSessions: [] }), ...options.peers };
  for (const [name, answer] of Object.entries(answers))
    if (name !== definition.name) ground.register(answering(name, answer));
  const { subgraph, database, close } = await openSubgraph(definition, ground);
  const tokens = new Map<string, Promise<string>>();
  const tokenFor = async (userId: string, sessionId = newId()): Promise<string> =>
    (await ground.tokens.signAccess(userId, sessionId)).token;
  const caller = async (as: string | Partial<Caller> = {}): Promise<Caller> => {
    const base = { requestId: newId(), client: { address: '127.0.0.1', userAgent: 'test' } };
    if (typeof as !== 'string') return { ...base, ...as };
    const token = tokens.get(as) ?? tokenFor(as);
    tokens.set(as, token);
    return { ...base, token: await token };
  };
  const request = async (query: string, variables = {}, as?: string | Partial<Caller>) => ({
    query,
    variables,
    caller: await caller(as),
  });
  return {
    subgraph,
    database,
    ground,
    tokenFor,
    execute: async (query, variables, as) => subgraph.execute(await request(query, variables, as)),
    handshake: async (query, variables, as) => subgraph.handshake(await request(query, variables, as)),
    project: async (event, query, variables, as) => subgraph.project(await request(query, variables, as), event),
    async record(...topics) {
      const events: LogEvent[] = [];
      await ground.log.subscribe(topics, (event) => events.push(event));
      return events;
    },
    async [Symbol.asyncDispose]() {
      await close();
      await ground.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function answering(name: string, answer: PeerAnswer): SubgraphClient {
  const unasked = (): never => {
    throw new Error(`The test's ${name} answers operations only.`);
  };
  return {
    name,
    execute: async ({ query, variables, caller }) => ({
      data: answer(query, { ...variables }, caller) as Record<string, unknown>,
    }),
    handshake: unasked,
    project: unasked,
  };
}
