import { randomUUID } from 'node:crypto';
import type { EventDraft, LogEvent } from '@kopru/runtime/events/event.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { PageRequest } from '@kopru/runtime/subgraph/connection.ts';
import { type Answer, openTestSubgraph, type TestSubgraph } from '@kopru/runtime/testing/subgraph.ts';
import type { AccessQuestion, ChannelAccess, ViewerScope } from '../access/community.ts';
import { messaging } from '../subgraph.ts';

interface Rights {
  readonly read?: boolean;
  readonly send?: boolean;
  readonly manage?: boolean;
}

/** A community as tests want it; it answers what messaging asks. */
export class Town {
  /** Set to have it fail as one does that cannot be reached. */
  away = false;
  /** The same of the support chat. */
  supportAway = false;
  /** How many questions it was asked. */
  questions = 0;
  readonly #servers = new Map<string, Set<string>>();
  readonly #channels = new Map<string, { readonly serverId: string | null; readonly rights: Map<string, Rights> }>();

  server(...members: readonly string[]): string {
    const id = newId();
    this.#servers.set(id, new Set(members));
    return id;
  }

  /** A channel whose readers may also write, unless `allow` says otherwise. */
  channel(readers: readonly string[], serverId: string | null = null): string {
    const id = newId();
    this.#channels.set(id, { serverId, rights: new Map(readers.map((user) => [user, { read: true, send: true }])) });
    return id;
  }

  allow(channelId: string, userId: string, rights: Rights): void {
    this.#channels.get(channelId)?.rights.set(userId, rights);
  }

  leave(serverId: string, userId: string): void {
    this.#servers.get(serverId)?.delete(userId);
  }

  readonly #threads: { readonly threadId: string; readonly userId: string; readonly lastMessageId: string }[] = [];

  /** A support thread of somebody's, whose newest message, which they have not seen, has this id. */
  thread(userId: string, lastMessageId: string): string {
    const threadId = randomUUID();
    this.#threads.unshift({ threadId, userId, lastMessageId });
    return threadId;
  }

  /** What support answers. */
  readonly answerOfSupport = (_: string, { input, userId }: Record<string, unknown>): unknown => {
    if (this.supportAway) throw new Error('The support chat is away.');
    const threads = (of: unknown) => this.#threads.filter((thread) => thread.userId === of);
    if (userId) return { supportThreadIds: threads(userId).map(({ threadId }) => threadId) };
    const { userId: of, after, before, limit, backward } = input as PageRequest & { userId: string };
    const found = threads(of)
      .filter(({ lastMessageId: id }) => (after === null || id < after) && (before === null || id > before))
      .map(({ threadId, lastMessageId }) => ({ threadId, lastMessageId }));
    return { unreadSupportThreads: (backward ? found.reverse() : found).slice(0, limit) };
  };

  readonly answer = (query: string, variables: Record<string, unknown>): unknown => {
    this.questions += 1;
    if (this.away) throw new Error('The town is away.');
    const { requests, userId, serverId } = variables as {
      requests?: AccessQuestion[];
      userId?: string;
      serverId?: string;
    };
    if (requests) return { channelAccess: requests.map((question) => this.#access(question)) };
    if (userId) return { viewerScope: this.#scope(userId) };
    if (query.includes('serverChannelIds')) return { serverChannelIds: this.#channelsOf(serverId ?? '') };
    return { serverMemberIds: [...(this.#servers.get(serverId ?? '') ?? [])] };
  };

  #access({ channelId, userId }: AccessQuestion): ChannelAccess | null {
    const channel = this.#channels.get(channelId);
    if (!channel) return null;
    const { read = false, send = false, manage = false } = channel.rights.get(userId) ?? {};
    return {
      channelId,
      serverId: channel.serverId,
      userId,
      canRead: read,
      canSend: send,
      canManageMessages: manage,
      recipientIds: [],
    };
  }

  #channelsOf(serverId: string): string[] | null {
    if (!this.#servers.has(serverId)) return null;
    return [...this.#channels].filter(([, channel]) => channel.serverId === serverId).map(([id]) => id);
  }

  #scope(userId: string): ViewerScope {
    return {
      serverIds: [...this.#servers].filter(([, members]) => members.has(userId)).map(([id]) => id),
      channelIds: [...this.#channels].filter(([, { rights }]) => rights.get(userId)?.read).map(([id]) => id),
    };
  }
}

export interface Messenger extends TestSubgraph {
  readonly town: Town;
  /** The data of an operation that must succeed. */
  data(query: string, variables: Record<string, unknown>, as: string): Promise<NonNullable<Answer['data']>>;
  /** The code of an operation's first error, with the resource where it names one: `FORBIDDEN Channel`. */
  refusal(
    query: string,
    variables: Record<string, unknown>,
    as?: Parameters<TestSubgraph['execute']>[2],
  ): Promise<string>;
  /** Sends a message and gives its id. */
  send(channelId: string, author: string, content: string, more?: object): Promise<string>;
  /** Puts an event in the log, as another subgraph would, and waits until this one has heard it. */
  publish(draft: EventDraft): Promise<LogEvent>;
}

export const sendMessage = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id content nonce createdAt editedAt replyTo { id } author { id } channel { id } } }
}`;

/** The messaging subgraph, in a town of its own unless one is given. */
export async function openMessenger(settings: NodeJS.ProcessEnv, town = new Town()): Promise<Messenger> {
  const test = await openTestSubgraph(messaging, {
    settings,
    peers: { community: town.answer, support: town.answerOfSupport },
  });
  const data: Messenger['data'] = async (query, variables, as) => {
    const result = await test.execute(query, variables, as);
    if (result.errors || !result.data) throw new Error(JSON.stringify(result.errors));
    return result.data;
  };
  return {
    ...test,
    town,
    data,
    async refusal(query, variables, as) {
      const { code, resource } = (await test.execute(query, variables, as)).errors?.[0]?.extensions ?? {};
      return [code, resource].filter(Boolean).join(' ');
    },
    async send(channelId, author, content, more = {}) {
      return (await data(sendMessage, { input: { channelId, content, ...more } }, author)).sendMessage.message.id;
    },
    async publish({ type, topics, payload }) {
      const event = { id: newId(), type, topics, payload, at: new Date().toISOString() };
      const heard = new Promise<LogEvent>((resolve) => {
        // Subscribed last, so whatever this subgraph does with the event is done when it comes here.
        void test.ground.log
          .subscribe(topics, (found) => void (found.id === event.id && resolve(found)))
          .then(() => test.ground.log.append([event]));
      });
      return heard;
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}
