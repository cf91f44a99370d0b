import type { Context } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import { type Connection, ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CreditsLookup } from '../credit/credits.lookup.ts';
import { Credits } from '../credit/credits.ts';
import { DreamConnection } from '../dream/dream.connection.ts';
import type { DreamLookup } from '../dream/dream.lookup.ts';
import type { Dream } from '../dream/dream.ts';
import type { DreamerLookup } from '../dreamer/dreamer.lookup.ts';
import { User } from './user.ts';

/** What this subgraph adds to people; for themselves only. */
@Resolver(() => User)
export class UserResolver {
  readonly #dreams: DreamLookup;
  readonly #credits: CreditsLookup;
  readonly #dreamers: DreamerLookup;

  constructor(dreams: DreamLookup, credits: CreditsLookup, dreamers: DreamerLookup) {
    this.#dreams = dreams;
    this.#credits = credits;
    this.#dreamers = dreamers;
  }

  @FieldResolver(() => DreamConnection, {
    nullable: true,
    description:
      "The user's dreams, the newest first; a cursor is a dream's id. Only for the user, else FORBIDDEN (User).",
  })
  async dreams(
    @Root() { id }: User,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: Context,
  ): Promise<Connection<Dream>> {
    onlyThemselves(context, id);
    return this.#dreams.ofAuthor(id, args, context);
  }

  @FieldResolver(() => Credits, {
    nullable: true,
    description: 'What the user may spend on dreams. Only for the user, else FORBIDDEN (User).',
  })
  async credits(@Root() { id }: User, @Ctx() context: Context): Promise<Credits> {
    onlyThemselves(context, id);
    return this.#credits.of(id);
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description:
      'When the user last wrote about a dream; null where they never did. Only for the user, else FORBIDDEN (User).',
  })
  async lastChatAt(@Root() { id }: User, @Ctx() context: Context): Promise<Date | null> {
    onlyThemselves(context, id);
    return context.load(this.#dreamers.lastChatAt).load(id);
  }
}

function onlyThemselves({ viewer }: Context, userId: string): void {
  if (viewer.userId !== userId) throw forbidden('Only the user may see this.', 'User');
}
