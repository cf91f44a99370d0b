import { newId } from '@kopru/runtime/ids.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import {
  type Answer,
  openTestSubgraph,
  type TestSubgraph,
  type TestSubgraphOptions,
} from '@kopru/runtime/testing/subgraph.ts';
import { support } from '../subgraph.ts';

/** Who speaks: somebody signed in, by their id or their token; a visitor shows nothing. */
type Speaker = string | Partial<Caller> | undefined;

export interface Agent extends Partial<Caller> {
  readonly userId: string;
  readonly sessionId: string;
}

export const asService = { asService: true } as const;

export interface SupportDesk extends TestSubgraph {
  /** An agent, in a session of its own. */
  agent(): Promise<Agent>;
  /** The data of an operation that must succeed. */
  data(query: string, variables: Record<string, unknown>, as?: Speaker): Promise<NonNullable<Answer['data']>>;
  /** The code of an operation's first error, with the resource where it names one: `FORBIDDEN SupportThread`. */
  refusal(query: string, variables: Record<string, unknown>, as?: Speaker): Promise<string>;
  /** Begins a thread and gives its id. */
  start(displayName?: string, as?: Speaker): Promise<string>;
  /** Writes in a thread and gives the message's id. */
  send(threadId: string, text: string, as?: Speaker, more?: object): Promise<string>;
  /** Uploads a file and gives its URL. */
  upload(type?: 'IMAGE' | 'AUDIO'): Promise<{ id: string; url: string }>;
  /** The ids of what is in a thread, as one who knows it reads them. */
  messagesOf(threadId: string): Promise<string[]>;
}

export const sendSupportMessage = `mutation ($input: SendSupportMessageInput!) { sendSupportMessage(input: $input) {
  message { id threadId sender type text fileUrl nonce createdAt upload { id url } }
  thread { id status lastMessage { id } lastMessageAt unreadCount }
} }`;

export interface SupportOptions {
  /** Who has an account; anybody where it is absent. */
  readonly accounts?: ReadonlySet<string>;
  /** What other subgraphs answer. */
  readonly peers?: NonNullable<TestSubgraphOptions['peers']>;
}

/** What people are called in a test. */
export const nameOf = (userId: string): string => `Person ${userId.slice(-4)}`;

/** The support subgraph, opened for a test. */
export async function openSupport(
  settings: NodeJS.ProcessEnv,
  { accounts, peers }: SupportOptions = {},
): Promise<SupportDesk> {
  const account = (id: string) =>
    !accounts || accounts.has(id) ? { id, active: true, displayName: nameOf(id) } : null;
  const identity = (query: string, { ids }: { ids?: string[] }): unknown =>
    query.includes('revokedSessions') ? { revokedSessions: [] } : { users: ids?.map(account) };
  const test = await openTestSubgraph(support, { settings, peers: { identity, ...peers } });
  const data: SupportDesk['data'] = async (query, variables, as) => {
    const result = await test.execute(query, variables, as);
    if (result.errors || !result.data) throw new Error(JSON.stringify(result.errors));
    return result.data;
  };
  return {
    ...test,
    data,
    async agent() {
      const [userId, sessionId] = [newId(), newId()];
      const { token } = await test.ground.tokens.signAccess(userId, sessionId, { agent: true });
      return { userId, sessionId, token };
    },
    async refusal(query, variables, as) {
      const { code, resource } = (await test.execute(query, variables, as)).errors?.[0]?.extensions ?? {};
      return [code, resource].filter(Boolean).join(' ');
    },
    async start(displayName = 'Ayşe', as) {
      const start = 'mutation ($name: String!) { startSupportThread(input: { displayName: $name }) { thread { id } } }';
      return (await data(start, { name: displayName }, as)).startSupportThread.thread.id;
    },
    async send(threadId, text, as, more = {}) {
      return (await data(sendSupportMessage, { input: { threadId, text, ...more } }, as)).sendSupportMessage.message.id;
    },
    async upload(type = 'IMAGE') {
      const create = 'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { id name } }';
      const complete = 'mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { id url } }';
      const { createUpload } = await data(create, { input: { type, address: newId() } }, asService);
      const { id, name } = createUpload;
      const input = {
        id,
        url: `/uploads/${name}.x`,
        size: 7,
        contentType: type === 'IMAGE' ? 'image/png' : 'audio/ogg',
      };
      return (await data(complete, { input }, asService)).completeUpload;
    },
    async messagesOf(threadId) {
      const query = 'query ($id: ID!) { supportThread(id: $id) { messages(last: 100) { edges { node { id } } } } }';
      const { supportThread } = await data(query, { id: threadId });
      return supportThread.messages.edges.map(({ node }: { node: { id: string } }) => node.id);
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}
