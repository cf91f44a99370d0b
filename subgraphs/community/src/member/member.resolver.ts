import type { Context } from '@kopru/runtime/context.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { permissionBits } from '../permission/permission.ts';
import { User, userOf } from '../references/user.ts';
import type { RoleService } from '../role/role.service.ts';
import { Role } from '../role/role.ts';
import type { ServerService } from '../server/server.service.ts';
import { Server } from '../server/server.ts';
import type { ViewerWrites } from '../viewer-writes.ts';
import { updateMember } from './member.change.ts';
import { KickMemberInput, LeaveServerInput, UpdateMemberInput } from './member.inputs.ts';
import { KickMemberPayload, LeaveServerPayload, UpdateMemberPayload } from './member.payloads.ts';
import { kickMember, leaveServer } from './member.remove.ts';
import type { MemberService } from './member.service.ts';
import { Member, memberKey } from './member.ts';

@Resolver(() => Member)
export class MemberResolver {
  readonly #members: MemberService;
  readonly #roles: RoleService;
  readonly #servers: ServerService;
  readonly #writes: ViewerWrites;

  constructor(members: MemberService, roles: RoleService, servers: ServerService, writes: ViewerWrites) {
    this.#members = members;
    this.#roles = roles;
    this.#servers = servers;
    this.#writes = writes;
  }

  @FieldResolver(() => Server, { description: 'The server.' })
  async server(@Root() { serverId }: Member, @Ctx() context: Context): Promise<Server> {
    const server = await context.load(this.#servers.byId).load(serverId);
    if (!server) throw notFound('Server');
    return server;
  }

  @FieldResolver(() => User, { description: 'The person.' })
  user(@Root() { userId }: Member): User {
    return userOf(userId);
  }

  @FieldResolver(() => [Role], {
    description: 'The roles that the person was given, the highest first; the default role is not among them.',
  })
  roles(@Root() { id }: Member, @Ctx() context: Context): Promise<Role[]> {
    return context.load(this.#roles.ofMember).load(id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The colour of their name there, as `#rrggbb`: that of the highest of their roles that has one.',
  })
  async color(@Root() { id }: Member, @Ctx() context: Context): Promise<string | null> {
    const roles = await context.load(this.#roles.ofMember).load(id);
    return roles.find(({ color }) => color !== null)?.color ?? null;
  }

  @FieldResolver(() => String, {
    description: `What the person may do in the server: what their roles and the default role allow. ${permissionBits}`,
  })
  async permissions(@Root() { serverId, userId }: Member, @Ctx() context: Context): Promise<string> {
    const standing = await context.load(this.#members.standing).load(memberKey(serverId, userId));
    return String(standing?.permissions ?? 0);
  }

  @Mutation(() => UpdateMemberPayload, {
    description:
      "Changes the viewer's own nickname, or that of a member: takes MANAGE_SERVER and a higher role than any the member has. NOT_FOUND (Member) for who is none.",
  })
  async updateMember(
    @Ctx() context: Context,
    @Arg('input', () => UpdateMemberInput, { description: 'The member and their changes.' }) input: UpdateMemberInput,
  ): Promise<UpdateMemberPayload> {
    return { member: await this.#writes.run(context, (tx, userId) => updateMember(tx, userId, input)) };
  }

  @Mutation(() => LeaveServerPayload, {
    description:
      'Ends the membership of the viewer. CONFLICT for the owner, who must transfer or delete the server first.',
  })
  async leaveServer(
    @Ctx() context: Context,
    @Arg('input', () => LeaveServerInput, { description: 'The server.' }) { serverId }: LeaveServerInput,
  ): Promise<LeaveServerPayload> {
    await this.#writes.run(context, (tx, userId) => leaveServer(tx, userId, serverId));
    return { serverId };
  }

  @Mutation(() => KickMemberPayload, {
    description: 'Removes a member, who may join again. Takes KICK_MEMBERS and a higher role than any the member has.',
  })
  async kickMember(
    @Ctx() context: Context,
    @Arg('input', () => KickMemberInput, { description: 'The server and the member.' }) input: KickMemberInput,
  ): Promise<KickMemberPayload> {
    await this.#writes.run(context, (tx, userId) => kickMember(tx, userId, input));
    return { serverId: input.serverId, userId: input.userId };
  }
}
