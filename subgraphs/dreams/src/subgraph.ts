import type { Context } from '@kopru/runtime/context.ts';
import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { AnalysisLookup } from './analysis/analysis.lookup.ts';
import { Analysis } from './analysis/analysis.ts';
import { CreditAccount } from './credit/credit-account.ts';
import { CreditEntry } from './credit/credit-entry.ts';
import { DreamLookup } from './dream/dream.lookup.ts';
import { DreamResolver } from './dream/dream.resolver.ts';
import { Dream } from './dream/dream.ts';
import { DreamerLookup } from './dreamer/dreamer.lookup.ts';
import { Dreamer } from './dreamer/dreamer.ts';
import { DreamMessageLookup } from './message/dream-message.lookup.ts';
import { DreamMessage } from './message/dream-message.ts';
import { Dreams1700000000000 } from './migrations/1700000000000-dreams.ts';
import { UserResolver } from './references/user.resolver.ts';
import { User } from './references/user.ts';

interface Reference {
  readonly id: string;
}

/** Dreams, what is said about them, and the credits that they cost. */
export const dreams: SubgraphDefinition = {
  name: 'dreams',
  resolvers: [DreamResolver, UserResolver],
  entities: [Dream, DreamMessage, Analysis, CreditAccount, CreditEntry, Dreamer],
  migrations: [Dreams1700000000000],
  build({ database }) {
    const lookup = new DreamLookup(database);
    const messages = new DreamMessageLookup(database);
    return {
      resolvers: [
        new DreamResolver(lookup, messages, new AnalysisLookup(database)),
        new UserResolver(lookup, new DreamerLookup(database)),
      ],
      references: {
        Dream: ({ id }: Reference, context: Context) => lookup.own(id, context),
        DreamMessage: ({ id }: Reference, context: Context) => messages.own(id, context),
        User: ({ id }: Reference) => new User(id),
      },
    };
  },
};
