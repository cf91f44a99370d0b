import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql';
import type { MemberService } from '../member/member.service.ts';
import { type AccessService, servicesOnly } from './access.service.ts';
import { ChannelAccess, ChannelAccessInput, ViewerScope } from './channel-access.ts';
import { ServerReaders } from './server-readers.ts';

/** What other services ask. */
@Resolver()
export class AccessResolver {
  readonly #access: AccessService;
  readonly #members: MemberService;

  constructor(access: AccessService, members: MemberService) {
    this.#access = access;
    this.#members = members;
  }

  @Query(() => [ChannelAccess], {
    nullable: 'items',
    description: 'For services: what each person may do in each channel, in the order asked; null for no such channel.',
  })
  @Directive('@inaccessible')
  async channelAccess(
    @Ctx() context: Context,
    @Arg('requests', () => [ChannelAccessInput], { description: 'Any number; answered together.' })
    requests: ChannelAccessInput[],
  ): Promise<(ChannelAccess | null)[]> {
    servicesOnly(context);
    return this.#access.toChannels(requests);
  }

  @Query(() => ViewerScope, { description: 'For services: all that one person may read.' })
  @Directive('@inaccessible')
  async viewerScope(
    @Ctx() context: Context,
    @Arg('userId', () => ID, { description: 'The person; of one who is unknown it is empty.' }) userId: string,
  ): Promise<ViewerScope> {
    servicesOnly(context);
    return this.#access.scopeOf(userId);
  }

  @Query(() => [ID], { description: 'For services: the user ids of all members, in the order of joining.' })
  @Directive('@inaccessible')
  async serverMemberIds(
    @Ctx() context: Context,
    @Arg('serverId', () => ID, { description: 'The server; one that is unknown has no members.' }) serverId: string,
  ): Promise<string[]> {
    servicesOnly(context);
    return this.#members.userIds(serverId);
  }

  @Query(() => [ID], {
    nullable: true,
    description: 'For services: the ids of all text channels of a server; null where there is no such server.',
  })
  @Directive('@inaccessible')
  async serverChannelIds(
    @Ctx() context: Context,
    @Arg('serverId', () => ID, { description: 'The server.' }) serverId: string,
  ): Promise<string[] | null> {
    servicesOnly(context);
    return this.#access.channelIdsOf(serverId);
  }

  @Query(() => [ServerReaders], {
    description:
      'For services, FORBIDDEN to everybody else: which of these people are members of a server, and what each may read there. Who is no member is in no group.',
  })
  async serverReaders(
    @Ctx() context: Context,
    @Arg('serverId', () => ID, { description: 'The server; one that is unknown has no members.' }) serverId: string,
    @Arg('userIds', () => [ID], { description: 'Any number of people; answered together.' }) userIds: string[],
  ): Promise<ServerReaders[]> {
    servicesOnly(context);
    return this.#access.readersOf(serverId, userIds);
  }
}
