import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { ViewerWrites } from '../viewer-writes.ts';
import { deleteChannel, updateChannel } from './channel.change.ts';
import { createChannel } from './channel.create.ts';
import { CreateChannelInput, DeleteChannelInput, UpdateChannelInput } from './channel.inputs.ts';
import { CreateChannelPayload, DeleteChannelPayload, UpdateChannelPayload } from './channel.payloads.ts';

@Resolver()
export class ChannelMutations {
  readonly #writes: ViewerWrites;

  constructor(writes: ViewerWrites) {
    this.#writes = writes;
  }

  @Mutation(() => CreateChannelPayload, {
    description: 'Makes a text channel. Takes MANAGE_CHANNELS. CONFLICT (Channel) where the name is taken.',
  })
  async createChannel(
    @Ctx() context: Context,
    @Arg('input', () => CreateChannelInput, { description: 'The channel.' }) input: CreateChannelInput,
  ): Promise<CreateChannelPayload> {
    return { channel: await this.#writes.run(context, (tx, userId) => createChannel(tx, userId, input)) };
  }

  @Mutation(() => UpdateChannelPayload, {
    description: 'Changes a text channel. Takes MANAGE_CHANNELS. CONFLICT (Channel) where the name is taken.',
  })
  async updateChannel(
    @Ctx() context: Context,
    @Arg('input', () => UpdateChannelInput, { description: 'The channel and its changes.' }) input: UpdateChannelInput,
  ): Promise<UpdateChannelPayload> {
    return { channel: await this.#writes.run(context, (tx, userId) => updateChannel(tx, userId, input)) };
  }

  @Mutation(() => DeleteChannelPayload, { description: 'Deletes a text channel. Takes MANAGE_CHANNELS.' })
  async deleteChannel(
    @Ctx() context: Context,
    @Arg('input', () => DeleteChannelInput, { description: 'The channel.' }) { channelId }: DeleteChannelInput,
  ): Promise<DeleteChannelPayload> {
    const { serverId } = await this.#writes.run(context, (tx, userId) => deleteChannel(tx, userId, channelId));
    return { channelId, serverId };
  }
}
