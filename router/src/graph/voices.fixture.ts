import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { keysFromDirectory } from '@kopru/runtime/auth/keys.ts';
import { Revocations } from '@kopru/runtime/auth/revocations.ts';
import { Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { Context } from '@kopru/runtime/context.ts';
import { unauthenticated } from '@kopru/runtime/errors.ts';
import { openMemoryLog } from '@kopru/runtime/events/memory.ts';
import { createHttpServer, listen } from '@kopru/runtime/http.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { createLogger } from '@kopru/runtime/logger.ts';
import { MemoryQuota } from '@kopru/runtime/quota/memory.ts';
import type { Caller, SubgraphClient } from '@kopru/runtime/subgraph/client.ts';
import { LocalSubgraph } from '@kopru/runtime/subgraph/local.ts';
import { RemoteSubgraph } from '@kopru/runtime/subgraph/remote.ts';
import { serveSubgraph } from '@kopru/runtime/subgraph/serve.ts';
import { type GraphQLResolveInfo, parse } from 'graphql';
import { Registry } from 'prom-client';
import { openGraph } from './open.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';

const sdl = {
  accounts: `${link}
    type Query { account(id: ID!): Account }
    type Mutation { signIn(name: ID!): SignedIn! }
    type SignedIn { token: String! account: Account! }
    type Account @key(fields: "id") { id: ID! name: String! diary: String }`,
  notes: `${link}
    type Query { notes: Int }
    type Mutation { note: Account! }
    type Account @key(fields: "id") { id: ID! asks: String! self: Account! friend: Account! }`,
};

type Account = { readonly id: string };
type SignedIn = { readonly token: string; readonly account: Account };

/** Whoever it is that asks. */
const asks = (_: unknown, __: unknown, { reader }: Context): string =>
  reader.kind === 'viewer' ? reader.userId : reader.kind === 'service' ? 'service' : 'nobody';

export type Voices = Awaited<ReturnType<typeof openVoices>>;

/** Two small subgraphs, of which one signs people in and the other says as whom it is asked. */
export async function openVoices(dataDir: string, how: 'in process' | 'over HTTP') {
  const logger = createLogger('test', 'silent');
  const log = openMemoryLog({ logger });
  const revocations = new Revocations({ log, topic: 'sessions', lifetime: 1, load: async () => [] });
  const tokens = new Tokens(await keysFromDirectory(dataDir), revocations);
  const resolvers = {
    accounts: {
      Query: { account: (_: unknown, { id }: Account) => ({ id }) },
      Mutation: {
        async signIn(_: unknown, { name }: { name: string }): Promise<SignedIn> {
          if (!name) throw unauthenticated();
          return { token: (await tokens.signAccess(name, newId())).token, account: { id: name } };
        },
      },
      SignedIn: {
        account({ token, account }: SignedIn, _: unknown, context: Context, info: GraphQLResolveInfo): Account {
          context.speakAs(token, info);
          return account;
        },
      },
      Account: {
        __resolveReference: ({ id }: Account) => ({ id }),
        name: ({ id }: Account) => id,
        diary: ({ id }: Account, _: unknown, context: Context) => (context.isViewer(id) ? `of ${id}` : null),
      },
    },
    notes: {
      Mutation: { note: () => ({ id: 'note' }) },
      Account: {
        __resolveReference: ({ id }: Account) => ({ id }),
        asks,
        self: ({ id }: Account) => ({ id }),
        friend: ({ id }: Account) => ({ id: `friend of ${id}` }),
      },
    },
  };
  let forged: Readonly<Record<string, string>> | undefined;
  const closing: (() => Promise<unknown>)[] = [];
  const urls = { accounts: '', notes: '' };
  const clients = new Map<string, SubgraphClient>();
  for (const name of ['accounts', 'notes'] as const) {
    const schema = buildSubgraphSchema([
      { typeDefs: parse(sdl[name]), resolvers: resolvers[name] as unknown as GraphQLResolverMap<unknown> },
    ]);
    const local = new LocalSubgraph({ name, schema, parts: { resolvers: [], references: {} }, tokens, log, logger });
    clients.set(name, local);
    if (how === 'in process') continue;
    const server = createHttpServer({ service: name, logger, metrics: new Registry(), needs: {} });
    serveSubgraph(server, local, tokens);
    urls[name] = `http://127.0.0.1:${await listen(server, '127.0.0.1', 0, 'PORT')}/graphql`;
    const remote = new RemoteSubgraph(name, urls[name], () => tokens);
    clients.set(name, remote);
    closing.push(
      () => remote.close(),
      () => server.close(),
    );
  }
  const composed = composeServices(
    Object.entries(sdl).map(([name, text]) => ({ name, url: `http://${name}`, typeDefs: parse(text) })),
  );
  if (!composed.supergraphSdl) throw new AggregateError(composed.errors ?? []);
  /** A subgraph, whose answers to anything but a sign-in may be forged. */
  const subgraph = (name: string): SubgraphClient => {
    const client = clients.get(name);
    if (!client) throw new Error(`No ${name}.`);
    return {
      name,
      handshake: (request) => client.handshake(request),
      project: (request, event) => client.project(request, event),
      async execute(request) {
        const answer = await client.execute(request);
        return forged && !request.query.includes('signIn') ? { ...answer, extensions: { voices: forged } } : answer;
      },
    };
  };
  const ground = {
    settings: {} as never,
    logger,
    log,
    destination: log,
    tokens,
    revocations,
    metrics: new Registry(),
    quota: new MemoryQuota(),
    needs: {},
    subgraph,
    register: () => undefined,
    close: () => log.close(),
  };
  const graph = await openGraph(ground, { sdl: composed.supergraphSdl });
  closing.push(
    () => graph.close(),
    () => log.close(),
  );
  return {
    graph,
    tokens,
    urls,
    /** On whose behalf to ask: somebody's, or nobody's. */
    caller: async (name?: string): Promise<Caller> => ({
      requestId: newId(),
      client: { address: '127.0.0.1', userAgent: 'test' },
      token: name === undefined ? undefined : (await tokens.signAccess(name, newId())).token,
    }),
    /** What every answer but a sign-in's says from here on of who has signed in. */
    forge(voices: Readonly<Record<string, string>> | undefined): void {
      forged = voices;
    },
    async close() {
      for (const close of closing) await close();
    },
  };
}
