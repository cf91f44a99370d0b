import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Access } from '../access/access.ts';
import type { MemberService } from '../member/member.service.ts';
import { memberKey } from '../member/member.ts';
import { directPermissions, inChannel, permissionBits } from '../permission/permission.ts';
import { User, userOf } from '../references/user.ts';
import type { ServerService } from '../server/server.service.ts';
import { Server } from '../server/server.ts';
import { Channel, recipientIds } from './channel.ts';

@Resolver(() => Channel)
export class ChannelResolver {
  readonly #access: Access;
  readonly #members: MemberService;
  readonly #servers: ServerService;

  constructor(access: Access, members: MemberService, servers: ServerService) {
    this.#access = access;
    this.#members = members;
    this.#servers = servers;
  }

  @Query(() => Channel, {
    nullable: true,
    description: 'A channel, for who may read it. NOT_FOUND for none, FORBIDDEN for the others.',
  })
  channel(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The channel, of a server or direct.' }) id: string,
  ): Promise<Channel> {
    return this.#access.channel(context, id);
  }

  @FieldResolver(() => Server, { nullable: true, description: 'Its server; null for a direct channel.' })
  async server(@Root() { serverId }: Channel, @Ctx() context: Context): Promise<Server | null> {
    // Whoever may read a channel is a member.
    return serverId === null ? null : context.load(this.#servers.byId).load(serverId);
  }

  @FieldResolver(() => [User], { description: 'Both people of a direct channel, else nobody.' })
  recipients(@Root() channel: Channel): User[] {
    return recipientIds(channel).map(userOf);
  }

  @FieldResolver(() => String, { description: `What the viewer may do in the channel. ${permissionBits}` })
  async viewerPermissions(@Root() channel: Channel, @Ctx() context: Context): Promise<string> {
    const { userId } = context.viewer;
    if (channel.serverId === null) return String(recipientIds(channel).includes(userId) ? directPermissions : 0);
    const standing = await context.load(this.#members.standing).load(memberKey(channel.serverId, userId));
    return String(inChannel(standing?.permissions ?? 0));
  }
}
