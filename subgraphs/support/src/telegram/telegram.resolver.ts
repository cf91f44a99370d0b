import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { servicesOnly } from '../access/services.ts';
import type { Telegram } from './telegram.ts';

@Resolver()
export class TelegramResolver {
  readonly #telegram: Pick<Telegram, 'receive'> | null;

  constructor(telegram: Pick<Telegram, 'receive'> | null) {
    this.#telegram = telegram;
  }

  @Mutation(() => Boolean, {
    description:
      'For services: takes an update that somebody brought to the webhook. False, and nothing is taken, where they do not know its secret, or where there is no webhook.',
  })
  @Directive('@inaccessible')
  async receiveTelegramUpdate(
    @Arg('update', () => String, { description: 'The update, as JSON.' }) update: string,
    @Arg('secret', () => String, { description: 'What they showed as the secret.' }) secret: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    servicesOnly(context);
    return (await this.#telegram?.receive(update, secret)) ?? false;
  }
}
