import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commonSettings, readSettings } from '@kopru/runtime/config.ts';
import { forbidden, unauthenticated } from '@kopru/runtime/errors.ts';
import { type Ground, openGround } from '@kopru/runtime/ground.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { buildSchema, type ExecutionResult, execute, type FormattedExecutionResult } from 'graphql';
import { routerSettings } from './config.ts';
import type { Delivery, Graph, GraphRequest, LiveSink, Subscribed } from './graph/graph.ts';
import { openRouter } from './server.ts';

const schema = buildSchema(`
  type Query { ping: String!, token: String, address: String, fail: Int, refuse: Int, slow: String, large: String, friends(first: Int): [ID!]!, me: Person }
  type Person { name: String!, friend: Person }
  type Mutation { bump: Int!, greet(person: NewPerson!): String }
  input NewPerson { name: String, age: Int }
  type Subscription { tick(room: String): String }
`);

interface FakeSubscription {
  readonly request: GraphRequest;
  readonly sink: LiveSink;
  closed: boolean;
}

/** A graph that answers by itself and delivers what a test hands it. */
export class FakeGraph implements Graph {
  readonly schema = schema;
  readonly subscriptions: FakeSubscription[] = [];
  bumps = 0;
  /** How many operations were asked of it. */
  asked = 0;
  /** What `slow` and the opening of a subscription wait for. */
  gate: Promise<unknown> = Promise.resolve();

  async execute({ document, operationName, variables, caller }: GraphRequest): Promise<ExecutionResult> {
    this.asked++;
    const rootValue = {
      ping: 'pong',
      token: caller.token,
      address: caller.client.address,
      slow: () => this.gate.then(() => 'done'),
      large: 'x'.repeat(256 * 1024),
      friends: ({ first = 0 }) => Array(first).fill('1'),
      bump: () => ++this.bumps,
      refuse: () => Promise.reject(forbidden('Not yours.', 'Channel')),
      fail: () => Promise.reject(new Error('SELECT secret FROM user: no such table')),
    };
    return execute({ schema, document, operationName, variableValues: variables, rootValue } as Parameters<
      typeof execute
    >[0]);
  }

  run(): never {
    throw new Error('No door runs typed documents.');
  }

  async subscribe(request: GraphRequest, sink: LiveSink): Promise<Subscribed> {
    await this.gate;
    const room = request.variables?.room;
    if (room === 'forbidden') return { errors: [forbidden('Not yours.', 'Channel').toJSON()] };
    if (room === 'broken') throw new Error('SELECT secret FROM channel: no such table');
    const subscription: FakeSubscription = { request, sink, closed: false };
    this.subscriptions.push(subscription);
    const close = (): void => {
      subscription.closed = true;
    };
    return { handle: { close } };
  }

  get open(): readonly FakeSubscription[] {
    return this.subscriptions.filter(({ closed }) => !closed);
  }

  /** One event for everybody. */
  tick(text: string): void {
    const made = delivery({ data: { tick: text } });
    for (const { sink } of this.open) sink.next(made);
  }

  async position(): Promise<string> {
    return '0-0';
  }

  async close(): Promise<void> {
    for (const { sink } of this.open) sink.error([unauthenticated().toJSON()]);
  }
}

function delivery(result: FormattedExecutionResult): Delivery {
  return { result, text: JSON.stringify(result), event: { id: newId(), type: 'ticked', position: '1-0' } };
}

export interface TestRouter extends AsyncDisposable {
  readonly ground: Ground;
  readonly graph: FakeGraph;
  readonly url: string;
  readonly socketUrl: string;
  token(userId?: string, lifetime?: number, sessionId?: string): Promise<string>;
  close(): Promise<void>;
}

/** A router on a port of its own, over a fake graph and a real ground. */
export async function openTestRouter(settings: NodeJS.ProcessEnv = {}): Promise<TestRouter> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kopru-test-'));
  const environment = { NODE_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: dataDir, PORT: '0', ...settings };
  const ground = await openGround('router', readSettings(commonSettings, environment));
  const unasked = () => Promise.reject(new Error('The router asks identity for ended sessions only.'));
  ground.register({
    name: 'identity',
    execute: async () => ({ data: { revokedSessions: [] } }),
    handshake: unasked,
    project: unasked,
  });
  const graph = new FakeGraph();
  const router = await openRouter({ ground, graph, settings: readSettings(routerSettings, environment) });
  const url = `http://127.0.0.1:${router.port}/graphql`;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= router.close());
  return {
    ground,
    graph,
    url,
    socketUrl: url.replace('http', 'ws'),
    token: async (userId = newId(), lifetime = 600, sessionId = newId()) =>
      (await ground.tokens.signAccess(userId, sessionId, { lifetime })).token,
    close,
    async [Symbol.asyncDispose]() {
      await close();
      await ground.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
