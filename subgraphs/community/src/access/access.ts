import type { Context } from '@kopru/runtime/context.ts';
import { forbidden, notFound, unauthenticated, viewerRequired } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import { topic } from '@kopru/schema/events.ts';
import type { ChannelService } from '../channel/channel.service.ts';
import { type Channel, recipientIds } from '../channel/channel.ts';
import type { MemberService } from '../member/member.service.ts';
import { memberKey } from '../member/member.ts';
import type { Standing } from '../member/standing.ts';
import { allows, type PermissionName, together } from '../permission/permission.ts';
import type { RoleService } from '../role/role.service.ts';
import type { ServerService } from '../server/server.service.ts';
import type { Server } from '../server/server.ts';

/** Whether everybody behind something may read a thing. */
interface Judges {
  user(userId: string): boolean | Promise<boolean>;
  server(serverId: string): boolean | Promise<boolean>;
  channel(channelId: string): boolean | Promise<boolean>;
}

/**
 * Who may read which server and channel; nothing else decides it.
 * A shared execution reads what each topic of its event grants to everybody who listens there.
 */
export class Access {
  readonly #servers: ServerService;
  readonly #channels: ChannelService;
  readonly #members: MemberService;
  readonly #roles: RoleService;

  constructor(servers: ServerService, channels: ChannelService, members: MemberService, roles: RoleService) {
    this.#servers = servers;
    this.#channels = channels;
    this.#members = members;
    this.#roles = roles;
  }

  /** A server, for its members. @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, VIEWER_REQUIRED */
  async server(context: Context, id: string): Promise<Server> {
    refuseAnonymous(context);
    const server = isUuid(id) ? await context.load(this.#servers.byId).load(id) : null;
    if (!server) throw notFound('Server');
    const allowed = await judge(context, {
      user: async (userId) => (await this.#standing(context, id, userId)) !== null,
      server: (serverId) => serverId === id,
      channel: async (channelId) => (await context.load(this.#channels.byId).load(channelId))?.serverId === id,
    });
    if (!allowed) throw forbidden('Only members of the server may see it.', 'Server');
    return server;
  }

  /** A channel, for who may read its messages. @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, VIEWER_REQUIRED */
  async channel(context: Context, id: string): Promise<Channel> {
    refuseAnonymous(context);
    const channel = isUuid(id) ? await context.load(this.#channels.byId).load(id) : null;
    if (!channel) throw notFound('Channel');
    const { serverId } = channel;
    const allowed = await judge(context, {
      user: (userId) =>
        serverId === null ? recipientIds(channel).includes(userId) : this.#views(context, serverId, userId),
      server: (topicId) => topicId === serverId && this.#everyoneViews(context, topicId),
      channel: (channelId) => channelId === id,
    });
    if (!allowed) throw forbidden('You may not see this channel.', 'Channel');
    return channel;
  }

  /** The channels of a server the reader sees; none without VIEW_CHANNEL. @throws UNAUTHENTICATED, VIEWER_REQUIRED */
  async channels(context: Context, serverId: string): Promise<readonly Channel[]> {
    refuseAnonymous(context);
    const allowed = await judge(context, {
      user: (userId) => this.#views(context, serverId, userId),
      server: (topicId) => topicId === serverId && this.#everyoneViews(context, topicId),
      channel: () => false,
    });
    return allowed ? context.load(this.#channels.ofServer).load(serverId) : [];
  }

  /** @throws UNAUTHENTICATED, VIEWER_REQUIRED; FORBIDDEN where the viewer lacks the permission */
  async viewerNeeds(context: Context, serverId: string, name: PermissionName): Promise<void> {
    const standing = await this.#standing(context, serverId, context.viewer.userId);
    if (!standing || !allows(standing.permissions, name))
      throw forbidden(`This takes the permission ${name}.`, 'Server');
  }

  #standing(context: Context, serverId: string, userId: string): Promise<Standing | null> {
    return context.load(this.#members.standing).load(memberKey(serverId, userId));
  }

  async #views(context: Context, serverId: string, userId: string): Promise<boolean> {
    const standing = await this.#standing(context, serverId, userId);
    return standing !== null && allows(standing.permissions, 'VIEW_CHANNEL');
  }

  /** Whether no member is without VIEW_CHANNEL. */
  async #everyoneViews(context: Context, serverId: string): Promise<boolean> {
    const permissions = await context.load(this.#roles.everyoneMay).load(serverId);
    return permissions !== null && allows(together([permissions]), 'VIEW_CHANNEL');
  }
}

/** Before anything is said about what there is. @throws UNAUTHENTICATED */
export function refuseAnonymous({ reader }: Context): void {
  if (reader.kind === 'anonymous') throw unauthenticated();
}

/** Whether the reader may. @throws VIEWER_REQUIRED where not all of an audience may, as far as its topics tell */
async function judge({ reader }: Context, judges: Judges): Promise<boolean> {
  switch (reader.kind) {
    case 'anonymous':
      return false;
    case 'service':
      return true;
    case 'viewer':
      return judges.user(reader.userId);
    case 'audience': {
      const grants = await Promise.all(reader.topics.map((name) => grant(name, judges)));
      if (grants.length === 0 || grants.includes(false)) throw viewerRequired();
      return true;
    }
  }
}

/** Whether everybody who listens to a topic may. */
function grant(name: string, judges: Judges): boolean | Promise<boolean> {
  for (const kind of ['user', 'server', 'channel'] as const) {
    const prefix = topic[kind]('');
    if (name.startsWith(prefix)) return judges[kind](name.slice(prefix.length));
  }
  return false;
}
