import type { Context } from '@kopru/runtime/context.ts';
import { type Connection, ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CreditEntry } from './credit-entry.ts';
import type { CreditsLookup } from './credits.lookup.ts';
import { CreditEntryConnection, Credits } from './credits.ts';

@Resolver(() => Credits)
export class CreditsResolver {
  readonly #credits: CreditsLookup;

  constructor(credits: CreditsLookup) {
    this.#credits = credits;
  }

  @FieldResolver(() => CreditEntryConnection, {
    description: 'The ledger, its newest line first; a cursor is the id of a line.',
  })
  entries(
    @Root() { userId }: Credits,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: Context,
  ): Promise<Connection<CreditEntry>> {
    return this.#credits.entries(userId, args, context);
  }
}
