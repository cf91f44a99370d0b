import type { Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import { In } from 'typeorm';
import { Channel, recipientIds } from '../channel/channel.ts';
import { DirectChannelRecipient } from '../direct-channel/direct-channel.ts';
import { memberKey } from '../member/member.ts';
import { type Standing, standings, standingsOf } from '../member/standing.ts';
import { allows, directPermissions, inChannel } from '../permission/permission.ts';
import { Server } from '../server/server.ts';
import type { ChannelAccess, ChannelAccessInput, ViewerScope } from './channel-access.ts';
import type { ServerReaders } from './server-readers.ts';

/** @throws FORBIDDEN to whoever shows no service token */
export function servicesOnly(context: Context): void {
  if (!context.service) throw forbidden('Only services may ask this.');
}

/** What people may read and do, all at once, for services and for what a viewer listens to. */
export class AccessService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order of the requests; null where there is no such channel. */
  async toChannels(requests: readonly ChannelAccessInput[]): Promise<(ChannelAccess | null)[]> {
    const { reader } = this.#database;
    const ids = [...new Set(requests.map(({ channelId }) => channelId))];
    const channels = new Map((await reader.findBy(Channel, { id: In(ids) })).map((channel) => [channel.id, channel]));
    const keys = requests.flatMap(({ channelId, userId }) => {
      const serverId = channels.get(channelId)?.serverId;
      return serverId ? [memberKey(serverId, userId)] : [];
    });
    const known = (await standings(reader, [...new Set(keys)])).filter((standing) => standing !== null);
    const members = new Map(known.map((standing) => [memberKey(standing.serverId, standing.userId), standing]));
    return requests.map(({ channelId, userId }) => {
      const channel = channels.get(channelId);
      return channel ? accessOf(channel, userId, members.get(memberKey(channel.serverId ?? '', userId))) : null;
    });
  }

  /** Those of the people who are members, by the channels that they may read. */
  async readersOf(serverId: string, userIds: readonly string[]): Promise<ServerReaders[]> {
    const keys = [...new Set(userIds)].map((userId) => memberKey(serverId, userId));
    const members = (await standings(this.#database.reader, keys)).filter((standing) => standing !== null);
    const seeing = Map.groupBy(members, ({ permissions }) => allows(permissions, 'VIEW_CHANNEL'));
    const channelIds = seeing.has(true) ? ((await this.channelIdsOf(serverId)) ?? []) : [];
    return [...seeing].map(([sees, group]) => ({
      userIds: group.map(({ userId }) => userId),
      channelIds: sees ? channelIds : [],
    }));
  }

  /** The text channels of a server; null where there is no such server. */
  async channelIdsOf(serverId: string): Promise<string[] | null> {
    const { reader } = this.#database;
    const channels = await reader.find(Channel, { where: { serverId }, select: { id: true } });
    return channels.length > 0 || (await reader.existsBy(Server, { id: serverId }))
      ? channels.map(({ id }) => id)
      : null;
  }

  async scopeOf(userId: string): Promise<ViewerScope> {
    const { reader } = this.#database;
    const memberships = await standingsOf(reader, userId);
    const seen = memberships.filter(({ permissions }) => allows(permissions, 'VIEW_CHANNEL'));
    const channels = await reader.find(Channel, {
      where: { serverId: In(seen.map(({ serverId }) => serverId)) },
      select: { id: true },
    });
    const direct = await reader.findBy(DirectChannelRecipient, { userId });
    return {
      serverIds: memberships.map(({ serverId }) => serverId),
      channelIds: [...channels.map(({ id }) => id), ...direct.map(({ channelId }) => channelId)],
    };
  }
}

function accessOf(channel: Channel, userId: string, member: Standing | undefined): ChannelAccess {
  const recipients = recipientIds(channel);
  const direct = recipients.includes(userId) ? directPermissions : 0;
  const may = channel.serverId === null ? direct : inChannel(member?.permissions ?? 0);
  return {
    channelId: channel.id,
    serverId: channel.serverId,
    userId,
    canRead: allows(may, 'VIEW_CHANNEL'),
    canSend: allows(may, 'SEND_MESSAGES'),
    canManageMessages: allows(may, 'MANAGE_MESSAGES'),
    recipientIds: recipients,
  };
}
