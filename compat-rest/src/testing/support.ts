import { randomUUID } from 'node:crypto';
import { readSettings } from '@kopru/runtime/config.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import {
  Agent,
  type AgentThreadFieldsFragment,
  Heartbeat,
  Inbox,
  type MessageFieldsFragment,
  ResumeThread,
  SendToAgents,
  SendToVisitor,
  StartThread,
  ThreadEvents,
} from '@kopru/schema/operations/support.ts';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { compatSettings } from '../config.ts';
import { type OpenCompat, openCompat } from '../server.ts';
import { FakeGraph } from './graph.ts';
import { openTestGround, type TestGround } from './ground.ts';

const at = '2024-01-01T09:00:00.000Z';
/** How the chat writes that. */
export const written = '2024-01-01 12:00:00';

type Heard = readonly [event: string, data: Readonly<Record<string, unknown>>];

/** A client of the support chat that keeps what it is told. */
export class ChatClient {
  readonly socket: Socket;
  readonly heard: Heard[] = [];

  constructor(url: string, options: Partial<ManagerOptions & SocketOptions> = {}) {
    this.socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
    this.socket.onAny((event, data) => this.heard.push([event, data]));
  }

  /** Emits without asking for an answer, as clients in the field do. */
  emit(event: string, data?: unknown): void {
    this.socket.emit(event, ...(data === undefined ? [] : [data]));
  }

  /** Emits and gives the answer. */
  call(event: string, data?: unknown): Promise<Record<string, unknown>> {
    return this.socket.timeout(10_000).emitWithAck(event, ...(data === undefined ? [] : [data]));
  }

  all(event: string): Heard[1][] {
    return this.heard.filter(([name]) => name === event).map(([, data]) => data);
  }

  /** The first of that name, come already or still to come. */
  first(event: string): Promise<Heard[1]> {
    return eventually(() => {
      const [data] = this.all(event);
      if (!data) throw new Error(`No ${event} among ${JSON.stringify(this.heard)}`);
      return data;
    });
  }

  /** Everything emitted before has been obeyed when this resolves: events are obeyed in their order. */
  async settled(): Promise<void> {
    await this.call('nothing');
  }
}

/** The support chat over a graph of tests, which keeps threads and no messages. */
export class TestChat {
  readonly graph = new FakeGraph();
  readonly threads = new Map<string, AgentThreadFieldsFragment>();
  ground!: TestGround;
  #compat: OpenCompat | undefined;
  readonly #clients: ChatClient[] = [];

  async open(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#compat?.close();
    this.ground ??= await openTestGround();
    this.#answer();
    const anyPort = { LEGACY_PORT: '0', GATEWAY_WS_PORT: '0', GATEWAY_HTTP_PORT: '0' };
    const settings = readSettings(compatSettings, { ...anyPort, ...environment });
    this.#compat = await openCompat({ ground: this.ground, graph: this.graph, settings });
  }

  async close(): Promise<void> {
    for (const { socket } of this.#clients.splice(0)) socket.disconnect();
    await this.#compat?.close();
    await this.ground.close();
  }

  get url(): string {
    return `http://127.0.0.1:${this.#compat?.ports.legacy}`;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, { redirect: 'manual', ...init });
  }

  client(options: Partial<ManagerOptions & SocketOptions> = {}): ChatClient {
    const client = new ChatClient(this.url, options);
    this.#clients.push(client);
    return client;
  }

  /** Somebody who has begun a thread. */
  async visitor(displayName = 'Ahmet'): Promise<ChatClient & { readonly threadId: string }> {
    const client = this.client();
    const { thread_id } = await client.call('join', { display_name: displayName });
    return Object.assign(client, { threadId: String(thread_id) });
  }

  /** An agent who listens. */
  async agent(cookie?: string): Promise<ChatClient> {
    const client = this.client({ extraHeaders: { cookie: cookie ?? (await this.ground.agent()).cookie } });
    await client.call('admin_join');
    return client;
  }

  /** The operations of that name that the graph was asked for. */
  asked(name: string) {
    return this.graph.asked.filter((operation) => operation.name === name);
  }

  /** Tells a thread's visitors and the agents of an event. */
  tell(threadId: string, event: object, ofInbox: object = event): void {
    this.graph.deliver({ data: { supportThreadEvents: event } }, this.graph.listening(ThreadEvents, { threadId }));
    this.graph.deliver({ data: { supportInbox: ofInbox } }, this.graph.listening(Inbox));
  }

  /** Tells of a message, to everybody whom it concerns. */
  tellMessage(message: MessageFieldsFragment): void {
    const created = { __typename: 'SupportMessageCreated', message };
    const thread = this.threads.get(message.threadId);
    this.tell(message.threadId, created, { ...created, message: { ...message, author: null }, thread });
  }

  message(threadId: string, fields: Partial<MessageFieldsFragment> = {}): MessageFieldsFragment {
    return {
      id: newId(),
      threadId,
      sender: 'VISITOR',
      type: 'TEXT',
      text: 'Merhaba',
      fileUrl: null,
      nonce: null,
      createdAt: at,
      ...fields,
    };
  }

  thread(displayName: string, fields: Partial<AgentThreadFieldsFragment> = {}): AgentThreadFieldsFragment {
    return {
      id: randomUUID(),
      displayName,
      status: 'OPEN',
      origin: 'WEB',
      createdAt: at,
      lastActivityAt: at,
      lastMessage: null,
      lastMessageAt: null,
      unreadCount: 0,
      visitorSeenMessageId: null,
      agentsSeenMessageId: null,
      assignee: null,
      account: null,
      ...fields,
    };
  }

  #answer(): void {
    const found = (threadId: string): AgentThreadFieldsFragment => {
      const thread = this.threads.get(threadId);
      if (!thread) throw notFound('SupportThread');
      return thread;
    };
    const sent = (sender: 'VISITOR' | 'AGENT') => (input: Parameters<typeof found>[0], fields: object) => {
      const message = this.message(found(input).id, { sender, ...fields });
      this.tellMessage(message);
      return { sendSupportMessage: { message: { ...message, author: null } } };
    };
    this.graph
      .on(StartThread, ({ input }) => {
        const thread = this.thread(input.displayName);
        this.threads.set(thread.id, thread);
        return { startSupportThread: { thread } };
      })
      .on(ResumeThread, ({ input }) => ({ resumeSupportThread: { thread: found(input.threadId) } }))
      .on(Heartbeat, ({ input }) => ({ visitorHeartbeat: { thread: found(input.threadId) } }))
      .on(Agent, () => ({ viewer: { id: newId(), username: 'support', displayName: 'Destek' } }))
      .on(SendToAgents, ({ input: { threadId, text = null, nonce = null, fileUrl = null } }) =>
        sent('VISITOR')(threadId, { text, nonce, fileUrl }),
      )
      .on(SendToVisitor, ({ input: { threadId, text = null, nonce = null, fileUrl = null } }) =>
        sent('AGENT')(threadId, { text, nonce, fileUrl }),
      )
      .onSubscribe(ThreadEvents, async ({ threadId }) =>
        this.threads.has(String(threadId)) ? undefined : notFound('SupportThread'),
      );
  }
}
