import type { Batch, Context } from '@kopru/runtime/context.ts';
import { forbidden, notFound, unauthenticated, viewerRequired } from '@kopru/runtime/errors.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { EventLog, LogSubscription } from '@kopru/runtime/events/log.ts';
import { topic } from '@kopru/schema/events.ts';
import { type AccessQuestion, type ChannelAccess, type Community, keyOf, type ViewerScope } from './community.ts';
import { ExpiringCache } from './expiring-cache.ts';

/** How long an answer holds unless an event says otherwise, in milliseconds. */
const lifetime = 5_000;

/** Decides who may do what. What community does not say is no. */
export class Access {
  readonly #community: Community;
  readonly #log: EventLog;
  readonly #channels = new ExpiringCache<ChannelAccess>({ max: 50_000, lifetime });
  readonly #scopes = new ExpiringCache<ViewerScope>({ max: 5_000, lifetime });
  readonly #members = new ExpiringCache<readonly string[]>({ max: 500, lifetime });
  #subscription: LogSubscription | undefined;

  constructor(community: Community, log: EventLog) {
    this.#community = community;
    this.#log = log;
  }

  async start(): Promise<void> {
    const forgetAll = (): void => this.#drop({});
    this.#subscription = await this.#log.subscribe([topic.access], (event) => this.#drop(event.payload), {
      onGap: forgetAll,
    });
  }

  async close(): Promise<void> {
    await this.#subscription?.close();
  }

  /**
   * What the viewer may do in a channel that they may read.
   * @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, UNAVAILABLE; VIEWER_REQUIRED in a shared execution
   */
  async ofViewer(channelId: string, context: Context): Promise<ChannelAccess> {
    return readable(await context.load(this.#ofViewer).load(channelId));
  }

  /** All that a request asks for at once goes on at once, what is kept and what is not, so that its reads stay together. */
  readonly #ofViewer: Batch<string, ChannelAccess | null> = async (channelIds, { viewer: { userId } }) =>
    Promise.all(channelIds.map((channelId) => this.#channel({ channelId, userId })));

  /** The same, asked anew: an event may have reached the caller that has not reached this process. */
  async ofViewerNow(channelId: string, context: Context): Promise<ChannelAccess> {
    const question = { channelId, userId: context.viewer.userId };
    return readable(await this.#channels.renew(keyOf(question), () => this.#community.channelAccess(question)));
  }

  /**
   * Passes whoever reads, a viewer or an audience, if they may read the channel.
   * @throws as `ofViewer`; VIEWER_REQUIRED where not all of an audience may
   */
  async requireReadable(channelId: string, context: Context): Promise<void> {
    const { reader } = context;
    if (reader.kind === 'viewer') await this.ofViewer(channelId, context);
    else if (reader.kind !== 'audience') throw unauthenticated();
    else if (!(await this.#audienceReads(channelId, reader.topics))) throw viewerRequired();
  }

  /** The members of a server, for one of them. @throws NOT_FOUND, FORBIDDEN, UNAVAILABLE; VIEWER_REQUIRED as above */
  async membersFor(serverId: string, context: Context): Promise<readonly string[]> {
    const { reader } = context;
    if (reader.kind === 'service' || reader.kind === 'anonymous') throw unauthenticated();
    const members = await context.load(this.#membersOf).load(serverId);
    if (!members || members.length === 0) throw notFound('Server');
    if (reader.kind === 'viewer' ? members.includes(reader.userId) : onlyTopic(reader.topics, topic.server(serverId)))
      return members;
    throw reader.kind === 'viewer' ? notMember() : viewerRequired();
  }

  readonly #membersOf: Batch<string, readonly string[] | null> = (serverIds) => {
    const members = serverIds.map((id) => this.#members.get(id, () => this.#community.serverMemberIds(id)));
    // One server that is gone says nothing about the others.
    return Promise.all(members.map((found) => found.catch((error: Error) => error)));
  };

  /** Passes members of a server, by an answer that is asked anew. @throws UNAUTHENTICATED, FORBIDDEN, UNAVAILABLE */
  async requireMemberNow(serverId: string, context: Context): Promise<void> {
    const { serverIds } = await this.scopeNow(context.viewer.userId);
    if (!serverIds.includes(serverId)) throw notMember();
  }

  /** The text channels of a server, for services; asked anew. @throws FORBIDDEN, NOT_FOUND, UNAVAILABLE */
  async channelsOfServerNow(serverId: string, context: Context): Promise<readonly string[]> {
    if (!context.service) throw forbidden('Only services may listen to all of a server.', 'Server');
    const channelIds = await this.#community.serverChannelIds(serverId);
    if (!channelIds) throw notFound('Server');
    return channelIds;
  }

  /** Where a user is heard of. @throws UNAVAILABLE */
  async scope(userId: string): Promise<ViewerScope> {
    return (await this.#scopes.get(userId, () => this.#community.viewerScope(userId))) ?? nothing;
  }

  /** The same, asked anew. @throws UNAVAILABLE */
  async scopeNow(userId: string): Promise<ViewerScope> {
    return (await this.#scopes.renew(userId, () => this.#community.viewerScope(userId))) ?? nothing;
  }

  #channel(question: AccessQuestion): Promise<ChannelAccess | null> {
    return this.#channels.get(keyOf(question), () => this.#community.channelAccess(question));
  }

  /** Whether each of the topics grants the channel by itself: together they are everybody who will see the answer. */
  async #audienceReads(channelId: string, topics: readonly string[]): Promise<boolean> {
    const grants = await Promise.all(
      topics.map(async (name) => {
        if (name === topic.channel(channelId)) return true;
        const [kind, userId] = name.split(':');
        // Not every member of a server reads every channel of it, nor every reader of one channel another.
        if (kind !== 'user' || !userId) return false;
        return (await this.#channel({ channelId, userId }))?.canRead ?? false;
      }),
    );
    return grants.length > 0 && grants.every(Boolean);
  }

  #drop({ userIds, serverId }: LogEvent['payload']): void {
    const users = Array.isArray(userIds) ? new Set<unknown>(userIds) : null;
    // Without a server it may be any of them.
    const inServer = (id: string | null): boolean => typeof serverId !== 'string' || id === serverId;
    this.#channels.drop((access) => (users ? users.has(access.userId) : inServer(access.serverId)));
    this.#scopes.drop(({ serverIds }, userId) => (users ? users.has(userId) : serverIds.some(inServer)));
    this.#members.drop((_, id) => inServer(id));
  }
}

const nothing: ViewerScope = { serverIds: [], channelIds: [] };

function readable(access: ChannelAccess | null): ChannelAccess {
  if (!access) throw notFound('Channel');
  if (!access.canRead) throw forbidden('You may not read this channel.', 'Channel');
  return access;
}

const notMember = () => forbidden('Only members see this.', 'Server');
const onlyTopic = (topics: readonly string[], name: string): boolean =>
  topics.length > 0 && topics.every((other) => other === name);
