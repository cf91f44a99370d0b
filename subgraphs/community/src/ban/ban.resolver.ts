import type { Context } from '@kopru/runtime/context.ts';
import { ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Access } from '../access/access.ts';
import type { CountedConnection } from '../page/page.ts';
import { User, userOf } from '../references/user.ts';
import { Server } from '../server/server.ts';
import { BanMemberInput, UnbanMemberInput } from './ban.inputs.ts';
import { BanMemberPayload, UnbanMemberPayload } from './ban.payloads.ts';
import type { BanService } from './ban.service.ts';
import { Ban, BanConnection } from './ban.ts';

@Resolver(() => Ban)
export class BanResolver {
  readonly #bans: BanService;

  constructor(bans: BanService) {
    this.#bans = bans;
  }

  @FieldResolver(() => User, { description: 'Who may not join.' })
  user(@Root() { userId }: Ban): User {
    return userOf(userId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who decided it.' })
  bannedBy(@Root() { bannedById }: Ban): User {
    return userOf(bannedById);
  }

  @Mutation(() => BanMemberPayload, {
    description:
      'Keeps a person from joining, and removes them where they are a member. Takes BAN_MEMBERS and a higher role than any the member has. NOT_FOUND (User) for no such person.',
  })
  async banMember(
    @Ctx() context: Context,
    @Arg('input', () => BanMemberInput, { description: 'The server and the person.' }) input: BanMemberInput,
  ): Promise<BanMemberPayload> {
    return { ban: await this.#bans.ban(context, input) };
  }

  @Mutation(() => UnbanMemberPayload, { description: 'Lifts a ban. Takes BAN_MEMBERS. NOT_FOUND (Ban) for none.' })
  async unbanMember(
    @Ctx() context: Context,
    @Arg('input', () => UnbanMemberInput, { description: 'The server and the person.' }) input: UnbanMemberInput,
  ): Promise<UnbanMemberPayload> {
    await this.#bans.unban(context, input);
    return { serverId: input.serverId, userId: input.userId };
  }
}

@Resolver(() => Server)
export class ServerBansResolver {
  readonly #access: Access;
  readonly #bans: BanService;

  constructor(access: Access, bans: BanService) {
    this.#access = access;
    this.#bans = bans;
  }

  @FieldResolver(() => BanConnection, {
    nullable: true,
    description: 'Who may not join, the first banned first. Takes BAN_MEMBERS, else FORBIDDEN (Server).',
  })
  async bans(
    @Root() { id }: Server,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ): Promise<CountedConnection<Ban>> {
    await this.#access.viewerNeeds(context, id, 'BAN_MEMBERS');
    return this.#bans.ofServer(context, id, args);
  }
}
