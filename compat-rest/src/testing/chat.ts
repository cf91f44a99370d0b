import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@kopru/runtime/ids.ts';
import { Me, Servers, SetPresence, StartTyping } from '@kopru/schema/operations/chat-v1.ts';
import { CloseConnection, OpenConnection } from '@kopru/schema/operations/connections.ts';
import type { ClientOptions } from 'ws';
import { type ChatGateway, openChatGateway } from '../chat-v1/gateway.ts';
import { op } from '../chat-v1/opcodes.ts';
import { type Limits, usualLimits } from '../socket/limits.ts';
import { routeUpgrades } from '../socket/upgrades.ts';
import { type Asked, FakeGraph } from './graph.ts';
import { openTestGround, type TestGround } from './ground.ts';
import { TestSocket } from './socket.ts';

export const at = '2025-05-11T12:34:56.000Z';
/** Whose sockets these are. */
export const ada = { id: newId(), username: 'ada', displayName: 'Ada', avatarUrl: null };
export const server = {
  id: newId(),
  name: 'Köprü',
  description: null,
  iconUrl: null,
  owner: { id: ada.id },
  createdAt: at,
};
export const account = { ...ada, email: 'ada@example.com', bio: null, createdAt: at };

/** What a subscription brings of a message that was deleted. */
export const deleted = (messageId: string) => ({
  data: { viewerEvents: { __typename: 'MessageDeleted', messageId, channelId: 'c1' } },
});

/** The WebSocket of Chat v1 on a port of its own, over a graph that answers what a test tells it to. */
export class TestChat {
  readonly ground: TestGround;
  readonly graph = new FakeGraph()
    .on(Me, () => ({ viewer: account }))
    .on(Servers, () => ({
      viewer: {
        id: ada.id,
        servers: { edges: [{ node: server }], pageInfo: { hasNextPage: false, endCursor: null } },
      },
    }))
    .on(OpenConnection, () => ({ openConnection: { expiresAt: at } }))
    .on(CloseConnection, () => ({ closeConnection: { presence: { status: 'OFFLINE' as const } } }))
    .on(SetPresence, () => ({ setPresence: { presence: { status: 'DND' as const, customStatus: null } } }))
    .on(StartTyping, () => ({ startTyping: { expiresAt: at } }));
  gateway!: ChatGateway;
  readonly sessionId = newId();
  /** Of the session, unless a test takes another. */
  token = '';
  #http: Server = createServer();
  readonly #clients: TestSocket[] = [];

  private constructor(ground: TestGround) {
    this.ground = ground;
  }

  static async open(): Promise<TestChat> {
    const chat = new TestChat(await openTestGround());
    chat.token = (await chat.ground.tokens.signAccess(ada.id, chat.sessionId)).token;
    await chat.listen();
    return chat;
  }

  /** Serves anew, within other limits or for other origins. */
  async listen(limits: Partial<Limits> = {}, origins = ['*']): Promise<void> {
    const { ground, graph } = this;
    await this.#stop();
    const settings = { CORS_ORIGINS: origins, TRUST_PROXY: true };
    this.gateway = openChatGateway({ ground, graph, settings, limits: { ...usualLimits, ...limits } });
    this.#http = createServer();
    routeUpgrades(this.#http, { '/api/ws': this.gateway.upgrade });
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
  }

  /** A client's socket, as it opens; closed with the chat. */
  socket(query = '', options: ClientOptions = {}, path = '/api/ws'): TestSocket {
    const { port } = this.#http.address() as AddressInfo;
    const client = new TestSocket(`ws://127.0.0.1:${port}${path}${query}`, options);
    this.#clients.push(client);
    return client;
  }

  /** The socket of somebody who is connected. */
  async connect(): Promise<TestSocket> {
    const client = this.socket(`?token=${this.token}`);
    await client.heard(op.CONNECTED);
    return client;
  }

  /** What the graph was asked of this name. */
  asked(name: string): Asked[] {
    return this.graph.asked.filter((operation) => operation.name === name);
  }

  async close(): Promise<void> {
    for (const { socket } of this.#clients.splice(0)) socket.terminate();
    await this.gateway.close();
    await this.#stop();
    await this.ground.close();
  }

  async #stop(): Promise<void> {
    await new Promise((resolve) => this.#http.close(resolve));
  }
}
