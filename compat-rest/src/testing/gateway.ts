import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notFound } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { CloseConnection, OpenConnection } from '@kopru/schema/operations/connections.ts';
import { ChannelGuild, GuildFeed, GuildReaders, Guilds, Memberships } from '@kopru/schema/operations/ws-gateway.ts';
import { type Limits, usualLimits } from '../socket/limits.ts';
import { routeUpgrades } from '../socket/upgrades.ts';
import { type Gateway, openGateway } from '../ws-gateway/gateway.ts';
import type { Dialect } from '../ws-gateway/opcodes.ts';
import { FakeGraph } from './graph.ts';
import { openTestGround, type TestGround } from './ground.ts';
import { TestSocket } from './socket.ts';

export const at = '2026-02-16T12:00:00.000Z';

export interface GatewayFrame {
  readonly op?: string;
  readonly event?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A client of the gateway. */
export class GatewayClient extends TestSocket<GatewayFrame> {
  say(op: string, data: unknown = null): void {
    this.socket.send(JSON.stringify({ op, data }));
  }

  /** Everything that was asked before has been answered when this resolves. */
  async settled(): Promise<void> {
    const before = this.all('HEARTBEAT_ACK').length;
    this.say('HEARTBEAT');
    await this.first(() => this.all('HEARTBEAT_ACK').length > before);
  }

  async subscribe(guildId: string): Promise<void> {
    this.say('GUILD_SUBSCRIBE', { guildId });
    await this.settled();
  }

  /** The events that it heard, as they are in frames. */
  get events(): unknown[] {
    return this.frames.filter(({ event }) => event !== undefined);
  }
}

/** A gateway over a graph of tests, in which guilds have members and channels. */
export class TestGateway {
  readonly graph = new FakeGraph();
  /** By guild, its members, and the channels that each reads. */
  readonly guilds = new Map<string, Map<string, readonly string[]>>();
  /** Direct channels, which everybody may read. */
  readonly directChannels = new Set<string>();
  ground!: TestGround;
  gateway!: Gateway;
  #http: Server | undefined;
  readonly #clients: GatewayClient[] = [];

  async open(limits: Partial<Limits> = {}): Promise<void> {
    await this.#stop();
    this.ground ??= await openTestGround();
    this.#answer();
    const settings = { CORS_ORIGINS: ['*'], TRUST_PROXY: true };
    this.gateway = openGateway({
      ground: this.ground,
      graph: this.graph,
      settings,
      limits: { ...usualLimits, ...limits },
    });
    const http = createServer();
    routeUpgrades(http, this.gateway.upgrades);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    this.#http = http;
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.ground.close();
  }

  /** A guild with these members, who read these channels. */
  guild(members: readonly string[], channelIds: readonly string[] = []): string {
    const id = newId();
    this.guilds.set(id, new Map(members.map((member) => [member, channelIds])));
    return id;
  }

  async token(userId: string, sessionId = newId(), lifetime?: number): Promise<string> {
    return (await this.ground.tokens.signAccess(userId, sessionId, lifetime === undefined ? {} : { lifetime })).token;
  }

  /** A socket that says nothing by itself. */
  socket(path: string = '/'): GatewayClient {
    const address = this.#http?.address() as AddressInfo | undefined;
    const client = new GatewayClient(`ws://127.0.0.1:${address?.port}${path}`);
    this.#clients.push(client);
    return client;
  }

  /** Somebody's socket, once it is ready. */
  async ready(userId: string, path: Dialect = '/', token?: string): Promise<GatewayClient> {
    const given = token ?? (await this.token(userId));
    const client = this.socket(path);
    client.socket.on('open', () => client.say('IDENTIFY', { token: given }));
    await client.heard('READY');
    return client;
  }

  /** Tells a guild's feed of an event. */
  tell(guildId: string, event: object, id?: string): void {
    this.graph.deliver({ data: { serverFeed: event } }, this.graph.listening(GuildFeed, { guildId }), id);
  }

  /** Tells of a membership. */
  tellMembership(event: object): void {
    this.graph.deliver({ data: { membershipEvents: event } }, this.graph.listening(Memberships));
  }

  /** The operations of that name that the graph was asked for. */
  asked(name: string) {
    return this.graph.asked.filter((operation) => operation.name === name);
  }

  #answer(): void {
    const reads = (guildId: string) => this.guilds.get(guildId) ?? new Map<string, readonly string[]>();
    this.graph
      .on(Guilds, (_, { token = '' }) => {
        const userId = subjectOf(token);
        const edges = [...this.guilds].flatMap(([id, members]) => (members.has(userId) ? [{ node: { id } }] : []));
        return { viewer: { id: userId, servers: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
      })
      .on(ChannelGuild, ({ channelId }) => {
        if (this.directChannels.has(channelId)) return { channel: { id: channelId, server: null } };
        for (const [id, members] of this.guilds)
          if ([...members.values()].some((channels) => channels.includes(channelId)))
            return { channel: { id: channelId, server: { id } } };
        throw notFound('Channel');
      })
      .on(GuildReaders, ({ guildId, userIds }) => ({
        serverReaders: userIds.flatMap((userId) => {
          const channelIds = reads(guildId).get(userId);
          return channelIds ? [{ userIds: [userId], channelIds }] : [];
        }),
      }))
      .on(OpenConnection, () => ({ openConnection: { expiresAt: at } }))
      .on(CloseConnection, () => ({ closeConnection: { presence: { status: 'OFFLINE' as const } } }))
      .onSubscribe(GuildFeed, async ({ guildId }) =>
        this.guilds.has(String(guildId)) ? undefined : notFound('Server'),
      );
  }

  async #stop(): Promise<void> {
    for (const { socket } of this.#clients.splice(0)) socket.terminate();
    await this.gateway?.close();
    await new Promise<void>((resolve) => (this.#http ? this.#http.close(() => resolve()) : resolve()));
  }
}

const subjectOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub;
