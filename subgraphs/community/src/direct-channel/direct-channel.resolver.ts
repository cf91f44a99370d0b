import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { OpenDirectChannelInput } from './direct-channel.inputs.ts';
import { OpenDirectChannelPayload } from './direct-channel.payloads.ts';
import type { DirectChannelService } from './direct-channel.service.ts';

@Resolver()
export class DirectChannelMutations {
  readonly #directChannels: DirectChannelService;

  constructor(directChannels: DirectChannelService) {
    this.#directChannels = directChannels;
  }

  @Mutation(() => OpenDirectChannelPayload, {
    description:
      'The channel between the viewer and another person, made where there is none. NOT_FOUND (User) for no such person, or one whose account is closed; VALIDATION_FAILED for oneself; RATE_LIMITED after many people one had none with.',
  })
  openDirectChannel(
    @Ctx() context: Context,
    @Arg('input', () => OpenDirectChannelInput, { description: 'The other person.' })
    { recipientId }: OpenDirectChannelInput,
  ): Promise<OpenDirectChannelPayload> {
    return this.#directChannels.open(context, recipientId);
  }
}
