import type { Context } from '@kopru/runtime/context.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Access } from '../access/access.ts';
import type { MemberService } from '../member/member.service.ts';
import { Member, memberKey } from '../member/member.ts';
import { Message, type MessageReference } from './message.ts';
import { userOf } from './user.ts';

/** What this subgraph adds to messages. */
@Resolver(() => Message)
export class MessageResolver {
  readonly #access: Access;
  readonly #members: MemberService;

  constructor(access: Access, members: MemberService) {
    this.#access = access;
    this.#members = members;
  }

  /** The message that messaging speaks of, for who may read its channel. @throws what `Access.channel` throws */
  async find({ id, channel, author }: MessageReference, context: Context): Promise<Message> {
    if (!channel || !author) throw notFound('Message');
    return Object.assign(new Message(), {
      id,
      channel: await this.#access.channel(context, channel.id),
      author: userOf(author.id),
    });
  }

  @FieldResolver(() => Member, {
    nullable: true,
    description:
      "Its author's membership of the server: what they are called there, and their roles. Null in a direct channel, and for authors who are no members any more.",
  })
  @Directive('@requires(fields: "channel { id } author { id }")')
  async member(@Root() { channel, author }: Message, @Ctx() context: Context): Promise<Member | null> {
    const { serverId } = channel;
    return serverId === null ? null : context.load(this.#members.byKey).load(memberKey(serverId, author.id));
  }
}
