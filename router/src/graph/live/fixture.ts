import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { keysFromDirectory } from '@kopru/runtime/auth/keys.ts';
import { Revocations } from '@kopru/runtime/auth/revocations.ts';
import { Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { Context } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import type { LogEvent, Position } from '@kopru/runtime/events/event.ts';
import { openMemoryLog } from '@kopru/runtime/events/memory.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import { MemoryQuota } from '@kopru/runtime/quota/memory.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { LocalSubgraph } from '@kopru/runtime/subgraph/local.ts';
import { parse } from 'graphql';
import { Registry } from 'prom-client';
import type { Delivery } from '../graph.ts';
import { openGraph } from '../open.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';

const rooms = `${link}
  type Query { rooms: [ID!]! }
  type Message @key(fields: "id") { id: ID! text: String! author: Person! }
  type Person @key(fields: "id", resolvable: false) { id: ID! }
  type Subscription { said(room: ID!): Message!  saidToMe: Message! }`;

const people = `${link}
  type Query { person(id: ID!): Person }
  type Person @key(fields: "id") { id: ID! name: String! diary: String }`;

type Representation = { readonly id: string };

/**
 * Two small subgraphs in this process, for tests of the engine: `rooms` with two subscriptions, `people` with a
 * field that only its owner may read. What happens inside can be watched and delayed.
 */
export async function openFixture(dataDir: string) {
  const logger = createLogger('test', 'silent');
  const log = openMemoryLog({ logger });
  const revocations = new Revocations({ log, topic: 'sessions', lifetime: 1, load: async () => [] });
  const tokens = new Tokens(await keysFromDirectory(dataDir), revocations);

  /** Who is in which room, and what the subgraphs were asked. */
  const state = {
    members: new Map<string, Set<string>>(),
    calls: { said: 0, people: 0, handshakes: 0 },
    /** Awaited by `people` before it answers for a person. */
    beforePerson: async (_id: string): Promise<void> => undefined,
    /** Awaited by `rooms` after it granted a subscription. */
    afterGrant: async (): Promise<void> => undefined,
    /** Past which place what was said comes first. */
    after: undefined as Position | undefined,
    audiences: [] as (readonly string[] | null)[],
    metrics: new Registry(),
  };
  const roomsOf = (person: string): string[] =>
    [...state.members].flatMap(([room, members]) => (members.has(person) ? [room] : []));

  const said = (event: LogEvent, _arguments: unknown, context: Context) => {
    state.calls.said++;
    state.audiences.push(context.audience);
    return { id: event.id, text: event.payload.text, author: { id: event.payload.author } };
  };
  const grant = async (context: Context, room: string | null) => {
    state.calls.handshakes++;
    const { userId } = context.viewer;
    const mine = roomsOf(userId);
    if (room !== null && !mine.includes(room)) throw forbidden('Not in this room.');
    const topics = (room === null ? mine : [room]).map((name) => `channel:${name}`);
    await state.afterGrant();
    return context.listen({ topics, types: ['said'], recheckOn: [`access:user:${userId}`], after: state.after });
  };
  const resolvers = {
    rooms: {
      Query: { rooms: () => [...state.members.keys()] },
      Subscription: {
        said: {
          subscribe: (_: unknown, { room }: { room: string }, context: Context) => grant(context, room),
          resolve: said,
        },
        saidToMe: { subscribe: (_: unknown, __: unknown, context: Context) => grant(context, null), resolve: said },
      },
    },
    people: {
      Query: { person: (_: unknown, { id }: Representation) => ({ id }) },
      Person: {
        __resolveReference: async ({ id }: Representation) => {
          state.calls.people++;
          await state.beforePerson(id);
          return { id };
        },
        name: ({ id }: Representation) => `name of ${id}`,
        diary: ({ id }: Representation, _: unknown, context: Context) =>
          context.isViewer(id) ? `diary of ${id}` : null,
      },
    },
  };
  const clients = new Map(
    Object.entries({ rooms, people }).map(([name, sdl]) => {
      const schema = buildSubgraphSchema([
        { typeDefs: parse(sdl), resolvers: resolvers[name as 'rooms'] as unknown as GraphQLResolverMap<unknown> },
      ]);
      return [name, new LocalSubgraph({ name, schema, parts: { resolvers: [], references: {} }, tokens, log, logger })];
    }),
  );
  const composed = composeServices(
    Object.entries({ rooms, people }).map(([name, sdl]) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) })),
  );
  if (!composed.supergraphSdl) throw new AggregateError(composed.errors ?? []);
  const subgraph = (name: string): LocalSubgraph => {
    const client = clients.get(name);
    if (!client) throw new Error(`No ${name}.`);
    return client;
  };
  const ground = {
    settings: {} as never,
    logger,
    log,
    destination: log,
    quota: new MemoryQuota(),
    tokens,
    revocations,
    metrics: state.metrics,
    needs: {},
    subgraph,
    register: () => undefined,
    close: () => log.close(),
  };
  const graph = await openGraph(ground, { sdl: composed.supergraphSdl, patience: [1, 2, 4, 8, 16] });

  const callerFor = async (person: string): Promise<Caller> => ({
    requestId: newId(),
    client: { address: '127.0.0.1', userAgent: 'test' },
    token: (await tokens.signAccess(person, newId())).token,
  });
  return {
    ...state,
    state,
    graph,
    log,
    subgraph,
    callerFor,
    /** Somebody says something in a room, or in several at once. */
    say: (room: string, author: string, text: string, ...more: string[]) =>
      log.append([
        {
          id: newId(),
          type: 'said',
          topics: [room, ...more].map((name) => `channel:${name}`),
          payload: { author, text },
          at: new Date().toISOString(),
        },
      ]),
    /** Puts somebody into a room or out of it, and says so. */
    async move(person: string, room: string, to: 'in' | 'out') {
      const members = state.members.get(room) ?? new Set();
      state.members.set(room, members);
      if (to === 'in') members.add(person);
      else members.delete(person);
      await log.append([
        {
          id: newId(),
          type: 'access.changed',
          topics: [`access:user:${person}`],
          payload: {},
          at: new Date().toISOString(),
        },
      ]);
    },
    /** Opens a subscription and collects what it brings. */
    async listen(person: string, query: string, variables: Record<string, unknown> = {}) {
      const deliveries: Delivery[] = [];
      const ended: { errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[] } = {};
      const sink = {
        next: (delivery: Delivery) => void deliveries.push(delivery),
        error: (errors: never) => void Object.assign(ended, { errors }),
      };
      const opened = await graph.subscribe(
        { document: parse(query), variables, caller: await callerFor(person) },
        sink,
      );
      const texts = (): unknown[] => deliveries.map(({ result }) => Object.values(result.data ?? {})[0]);
      return { opened, deliveries, ended, texts };
    },
    async close() {
      await graph.close();
      await log.close();
    },
  };
}
