import type { Context } from '@kopru/runtime/context.ts';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { servicesOnly } from '../access/services.ts';
import type { Outlet } from './outlet.ts';

@Resolver()
export class AgentCodeResolver {
  readonly #outlets: readonly Outlet[];

  constructor(outlets: readonly Outlet[]) {
    this.#outlets = outlets;
  }

  @Mutation(() => Boolean, {
    description:
      'For services: hands a one-time code to the agents. False where there is no way to reach them; UNAVAILABLE where it is away.',
  })
  @Directive('@inaccessible')
  async deliverAgentCode(
    @Arg('code', () => String, { description: 'The code.' }) code: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    servicesOnly(context);
    for (const outlet of this.#outlets) if (await outlet.deliverAgentCode(code)) return true;
    return false;
  }
}
