import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { ViewerWrites } from '../viewer-writes.ts';
import { createInvite, revokeInvite } from './invite.create.ts';
import { CreateInviteInput, JoinServerInput, RevokeInviteInput } from './invite.inputs.ts';
import { joinServer } from './invite.join.ts';
import { CreateInvitePayload, JoinServerPayload, RevokeInvitePayload } from './invite.payloads.ts';

@Resolver()
export class InviteMutations {
  readonly #writes: ViewerWrites;

  constructor(writes: ViewerWrites) {
    this.#writes = writes;
  }

  @Mutation(() => CreateInvitePayload, { description: 'Makes an invite. Takes CREATE_INVITE.' })
  async createInvite(
    @Ctx() context: Context,
    @Arg('input', () => CreateInviteInput, { description: 'The invite.' }) input: CreateInviteInput,
  ): Promise<CreateInvitePayload> {
    return { invite: await this.#writes.run(context, (tx, userId) => createInvite(tx, userId, input)) };
  }

  @Mutation(() => RevokeInvitePayload, {
    description: "Deletes an invite of one's own; those of others take MANAGE_SERVER.",
  })
  async revokeInvite(
    @Ctx() context: Context,
    @Arg('input', () => RevokeInviteInput, { description: 'The invite.' }) { code }: RevokeInviteInput,
  ): Promise<RevokeInvitePayload> {
    await this.#writes.run(context, (tx, userId) => revokeInvite(tx, userId, code));
    return { code };
  }

  @Mutation(() => JoinServerPayload, {
    description:
      'Makes the viewer a member. Who is one already uses no invite up. NOT_FOUND (Invite) where it is unknown, expired or used up; FORBIDDEN to those who are banned.',
  })
  joinServer(
    @Ctx() context: Context,
    @Arg('input', () => JoinServerInput, { description: 'The invite.' }) { code }: JoinServerInput,
  ): Promise<JoinServerPayload> {
    return this.#writes.run(context, (tx, userId) => joinServer(tx, userId, code));
  }
}
