import type { Context } from '@kopru/runtime/context.ts';
import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { AccessResolver } from './access/access.resolver.ts';
import { AccessService } from './access/access.service.ts';
import { Access, refuseAnonymous } from './access/access.ts';
import { BanResolver, ServerBansResolver } from './ban/ban.resolver.ts';
import { BanService } from './ban/ban.service.ts';
import { Ban } from './ban/ban.ts';
import { ChannelMutations } from './channel/channel.mutations.resolver.ts';
import { ChannelResolver } from './channel/channel.resolver.ts';
import { ChannelService } from './channel/channel.service.ts';
import { Channel } from './channel/channel.ts';
import { LatestMessages } from './direct-channel/direct-channel.latest.ts';
import { DirectChannelMutations } from './direct-channel/direct-channel.resolver.ts';
import { DirectChannelService } from './direct-channel/direct-channel.service.ts';
import { DirectChannelRecipient } from './direct-channel/direct-channel.ts';
import { ServerEventResolver } from './events/server-event.resolver.ts';
import { InviteMutations } from './invite/invite.mutations.resolver.ts';
import { InviteResolver, ServerInvitesResolver } from './invite/invite.resolver.ts';
import { InviteService } from './invite/invite.service.ts';
import { Invite } from './invite/invite.ts';
import { MemberResolver } from './member/member.resolver.ts';
import { MemberService } from './member/member.service.ts';
import { Member } from './member/member.ts';
import { Community1700000000000 } from './migrations/1700000000000-community.ts';
import { LatestMessages1795185000000 } from './migrations/1795185000000-latest-messages.ts';
import { MessageResolver } from './references/message.resolver.ts';
import { Message, type MessageReference } from './references/message.ts';
import { People } from './references/people.ts';
import { UserResolver } from './references/user.resolver.ts';
import { userOf } from './references/user.ts';
import { RoleMutations } from './role/role.resolver.ts';
import { RoleService } from './role/role.service.ts';
import { MemberRole, Role } from './role/role.ts';
import { ServerMutations } from './server/server.mutations.resolver.ts';
import { ServerResolver } from './server/server.resolver.ts';
import { ServerService } from './server/server.service.ts';
import { Server } from './server/server.ts';
import { ViewerWrites } from './viewer-writes.ts';

/** Servers, channels, members, roles, invites and bans, and who may do what. */
export const community: SubgraphDefinition = {
  name: 'community',
  resolvers: [
    ServerResolver,
    ServerMutations,
    ChannelResolver,
    ChannelMutations,
    MemberResolver,
    RoleMutations,
    InviteResolver,
    InviteMutations,
    ServerInvitesResolver,
    BanResolver,
    ServerBansResolver,
    DirectChannelMutations,
    UserResolver,
    MessageResolver,
    AccessResolver,
    ServerEventResolver,
  ],
  // Only a reference leads to it.
  orphanedTypes: [Message],
  entities: [Server, Channel, DirectChannelRecipient, Member, Role, MemberRole, Invite, Ban],
  migrations: [Community1700000000000, LatestMessages1795185000000],
  build({ database, log, quota, logger, peer }) {
    const writes = new ViewerWrites(database);
    const people = new People(() => peer('identity'));
    const servers = new ServerService(database);
    const channels = new ChannelService(database);
    const members = new MemberService(database);
    const roles = new RoleService(database);
    const invites = new InviteService(database);
    const bans = new BanService(database, members, people, writes);
    const directChannels = new DirectChannelService(database, channels, people, writes, quota);
    const latest = new LatestMessages(database, log, logger);
    const access = new Access(servers, channels, members, roles);
    const scopes = new AccessService(database);
    const messages = new MessageResolver(access, members);
    return {
      resolvers: [
        new ServerResolver(access, members, roles),
        new ServerMutations(writes),
        new ChannelResolver(access, members, servers),
        new ChannelMutations(writes),
        new MemberResolver(members, roles, servers, writes),
        new RoleMutations(writes),
        new InviteResolver(invites, members, servers),
        new InviteMutations(writes),
        new ServerInvitesResolver(access, invites),
        new BanResolver(bans),
        new ServerBansResolver(access, bans),
        new DirectChannelMutations(directChannels),
        new UserResolver(servers, directChannels),
        messages,
        new AccessResolver(scopes, members),
        new ServerEventResolver(access, scopes),
      ],
      references: {
        Server: ({ id }: { id: string }, context) => access.server(context, id),
        Channel: ({ id }: { id: string }, context) => access.channel(context, id),
        Message: (reference: MessageReference, context) => messages.find(reference, context),
        User: async ({ id }: { id: string }, context: Context) => {
          refuseAnonymous(context);
          return userOf(id);
        },
      },
      start: () => latest.start(),
      close: () => latest.close(),
    };
  },
};
