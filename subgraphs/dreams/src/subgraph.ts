import type { Context } from '@kopru/runtime/context.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { AnalysisFeed } from './analysis/analysis.feed.ts';
import { AnalysisLookup } from './analysis/analysis.lookup.ts';
import { AnalysisResolver } from './analysis/analysis.resolver.ts';
import { AnalysisRunner } from './analysis/analysis.runner.ts';
import { usualTiming } from './analysis/analysis.timing.ts';
import { Analysis } from './analysis/analysis.ts';
import type { Analyst } from './analyst/analyst.ts';
import { BuiltInAnalyst } from './analyst/built-in/built-in.analyst.ts';
import { RemoteAnalyst } from './analyst/remote/remote.analyst.ts';
import { type DreamsSettings, dreamsSettings } from './config.ts';
import { CreditAccounts } from './credit/accounts.ts';
import { CreditAccount } from './credit/credit-account.ts';
import { CreditEntry } from './credit/credit-entry.ts';
import { CreditsLookup } from './credit/credits.lookup.ts';
import { CreditsResolver } from './credit/credits.resolver.ts';
import { Renewals } from './credit/renewals.ts';
import { DreamLookup } from './dream/dream.lookup.ts';
import { DreamMutations } from './dream/dream.mutations.resolver.ts';
import { DreamResolver } from './dream/dream.resolver.ts';
import { Dream } from './dream/dream.ts';
import { AccountListener } from './dreamer/accounts.listener.ts';
import { eraseDreamer } from './dreamer/dreamer.erase.ts';
import { DreamerLookup } from './dreamer/dreamer.lookup.ts';
import { Dreamer } from './dreamer/dreamer.ts';
import { DreamMessageLookup } from './message/dream-message.lookup.ts';
import { DreamMessageResolver } from './message/dream-message.resolver.ts';
import { DreamMessage } from './message/dream-message.ts';
import { Dreams1700000000000 } from './migrations/1700000000000-dreams.ts';
import { UserResolver } from './references/user.resolver.ts';
import { User } from './references/user.ts';

interface Reference {
  readonly id: string;
}

/** Dreams, what is said about them, and the credits that they cost. */
export const dreams: SubgraphDefinition<typeof dreamsSettings> = {
  name: 'dreams',
  settings: dreamsSettings,
  resolvers: [DreamResolver, DreamMutations, DreamMessageResolver, AnalysisResolver, CreditsResolver, UserResolver],
  entities: [Dream, DreamMessage, Analysis, CreditAccount, CreditEntry, Dreamer],
  migrations: [Dreams1700000000000],
  build({ settings, database, log, destination, logger, peer }) {
    const now = Date.now;
    const analyst = analystFor(settings, logger);
    const { builtIn } = analyst;
    const lease = { database, builtIn, timing: usualTiming, now };
    const runner = new AnalysisRunner({ ...lease, analyst, destination, log, logger });
    const accounts = new CreditAccounts(database, now);
    const credits = new CreditsLookup(database, accounts);
    const lookup = new DreamLookup(database);
    const messages = new DreamMessageLookup(database);
    const parts = { database, accounts, builtIn, wake: () => runner.wake(), now };
    const deactivated = (userId: string) => eraseDreamer(parts, accounts, userId);
    const registered = (userId: string) => accounts.upToDate(userId);
    const listener = new AccountListener(log, logger, { registered, deactivated });
    const renewals = new Renewals({ accounts, identity: () => peer('identity'), deactivated, logger });
    return {
      resolvers: [
        new DreamResolver(lookup, messages, new AnalysisLookup(database)),
        new DreamMutations(parts),
        new DreamMessageResolver(parts),
        new AnalysisResolver(parts, lookup, new AnalysisFeed(database, log)),
        new CreditsResolver(credits),
        new UserResolver(lookup, credits, new DreamerLookup(database)),
      ],
      references: {
        Dream: ({ id }: Reference, context: Context) => lookup.own(id, context),
        DreamMessage: ({ id }: Reference, context: Context) => messages.own(id, context),
        User: ({ id }: Reference) => new User(id),
      },
      async start() {
        await Promise.all([listener.start(), runner.start()]);
        renewals.start();
      },
      async close() {
        await Promise.all([renewals.close(), listener.close(), runner.close()]);
        await analyst.close();
      },
    };
  },
};

const analystFor = ({ ANALYST_URL, ANALYST_KEY, ANALYST_MODEL }: DreamsSettings, logger: Logger): Analyst =>
  ANALYST_URL === undefined
    ? new BuiltInAnalyst()
    : new RemoteAnalyst({ url: ANALYST_URL, key: ANALYST_KEY, model: ANALYST_MODEL, logger });
