import type { Context } from '@kopru/runtime/context.ts';
import { ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Access } from '../access/access.ts';
import { Channel } from '../channel/channel.ts';
import type { MemberService } from '../member/member.service.ts';
import { Member, MemberConnection, memberKey } from '../member/member.ts';
import type { CountedConnection } from '../page/page.ts';
import { permissionBits } from '../permission/permission.ts';
import { User, userOf } from '../references/user.ts';
import type { RoleService } from '../role/role.service.ts';
import { Role } from '../role/role.ts';
import { Server } from './server.ts';

@Resolver(() => Server)
export class ServerResolver {
  readonly #access: Access;
  readonly #members: MemberService;
  readonly #roles: RoleService;

  constructor(access: Access, members: MemberService, roles: RoleService) {
    this.#access = access;
    this.#members = members;
    this.#roles = roles;
  }

  @Query(() => Server, {
    nullable: true,
    description: 'A server, for its members. NOT_FOUND for none, FORBIDDEN for strangers.',
  })
  server(@Ctx() context: Context, @Arg('id', () => ID, { description: 'The server.' }) id: string): Promise<Server> {
    return this.#access.server(context, id);
  }

  @FieldResolver(() => User, { description: 'Whose server it is; always a member, above all others.' })
  owner(@Root() server: Server): User {
    return userOf(server.ownerId);
  }

  @FieldResolver(() => [Channel], {
    description: 'Its text channels in their order, as far as the reader sees them: none without VIEW_CHANNEL.',
  })
  channels(@Root() server: Server, @Ctx() context: Context): Promise<readonly Channel[]> {
    return this.#access.channels(context, server.id);
  }

  @FieldResolver(() => [Role], { description: 'Its roles, the highest first, the default role last.' })
  roles(@Root() server: Server, @Ctx() context: Context): Promise<Role[]> {
    return context.load(this.#roles.ofServer).load(server.id);
  }

  @FieldResolver(() => Int, { description: 'How many members it has.' })
  memberCount(@Root() server: Server, @Ctx() context: Context): Promise<number> {
    return context.load(this.#members.count).load(server.id);
  }

  @FieldResolver(() => MemberConnection, { description: 'Its members in the order of joining.' })
  members(
    @Root() server: Server,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ): Promise<CountedConnection<Member>> {
    return this.#members.ofServer(context, server.id, args);
  }

  @FieldResolver(() => Member, { nullable: true, description: 'One membership; null for who is no member.' })
  member(
    @Root() server: Server,
    @Ctx() context: Context,
    @Arg('userId', () => ID, { description: 'The person.' }) userId: string,
  ): Promise<Member | null> {
    return context.load(this.#members.byKey).load(memberKey(server.id, userId));
  }

  @FieldResolver(() => Member, { nullable: true, description: "The viewer's own membership." })
  async viewerMember(@Root() server: Server, @Ctx() context: Context): Promise<Member | null> {
    return context.load(this.#members.byKey).load(memberKey(server.id, context.viewer.userId));
  }

  @FieldResolver(() => String, { description: `What the viewer may do in the server. ${permissionBits}` })
  async viewerPermissions(@Root() server: Server, @Ctx() context: Context): Promise<string> {
    const standing = await context.load(this.#members.standing).load(memberKey(server.id, context.viewer.userId));
    return String(standing?.permissions ?? 0);
  }
}
