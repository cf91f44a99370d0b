import type { Context } from '@kopru/runtime/context.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { type Access, refuseAnonymous } from '../access/access.ts';
import type { MemberService } from '../member/member.service.ts';
import { User, userOf } from '../references/user.ts';
import type { ServerService } from '../server/server.service.ts';
import { Server } from '../server/server.ts';
import type { InviteService } from './invite.service.ts';
import { Invite } from './invite.ts';

@Resolver(() => Invite)
export class InviteResolver {
  readonly #invites: InviteService;
  readonly #members: MemberService;
  readonly #servers: ServerService;

  constructor(invites: InviteService, members: MemberService, servers: ServerService) {
    this.#invites = invites;
    this.#members = members;
    this.#servers = servers;
  }

  @Query(() => Invite, {
    nullable: true,
    description: 'An invite, for any signed-in user who knows its code. NOT_FOUND where it is unknown or void.',
  })
  async invite(
    @Ctx() context: Context,
    @Arg('code', () => ID, { description: 'Its code.' }) code: string,
  ): Promise<Invite> {
    refuseAnonymous(context);
    const invite = await context.load(this.#invites.byCode).load(code);
    if (!invite) throw notFound('Invite');
    return invite;
  }

  @FieldResolver(() => String, { description: 'What the server is called.' })
  async serverName(@Root() { serverId }: Invite, @Ctx() context: Context): Promise<string> {
    const server = await context.load(this.#servers.byId).load(serverId);
    if (!server) throw notFound('Server');
    return server.name;
  }

  @FieldResolver(() => Int, { description: 'How many members the server has.' })
  memberCount(@Root() { serverId }: Invite, @Ctx() context: Context): Promise<number> {
    return context.load(this.#members.count).load(serverId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who made it.' })
  inviter(@Root() { inviterId }: Invite): User {
    return userOf(inviterId);
  }
}

@Resolver(() => Server)
export class ServerInvitesResolver {
  readonly #access: Access;
  readonly #invites: InviteService;

  constructor(access: Access, invites: InviteService) {
    this.#access = access;
    this.#invites = invites;
  }

  @FieldResolver(() => [Invite], {
    nullable: true,
    description:
      'The invites by which people can join, the newest first. Takes MANAGE_SERVER, else FORBIDDEN (Server).',
  })
  async invites(@Root() { id }: Server, @Ctx() context: Context): Promise<Invite[]> {
    await this.#access.viewerNeeds(context, id, 'MANAGE_SERVER');
    return context.load(this.#invites.ofServer).load(id);
  }
}
