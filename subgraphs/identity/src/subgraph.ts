import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { Registration } from './account/account.register.ts';
import { AccountResolver } from './account/account.resolver.ts';
import { AccountService } from './account/account.service.ts';
import { Identity1700000000000 } from './migrations/1700000000000-identity.ts';
import { Attempts } from './password/attempts.ts';
import { Hashing } from './password/hashing.ts';
import { Password } from './password/password.ts';
import { Prover } from './password/proof.ts';
import { RefreshToken } from './session/refresh-token.ts';
import { SessionResolver } from './session/session.resolver.ts';
import { SessionService } from './session/session.service.ts';
import { SessionSweep } from './session/session.sweep.ts';
import { Session } from './session/session.ts';
import { TokenResolver } from './token/token.resolver.ts';
import { TokenService } from './token/token.service.ts';
import { UserResolver } from './user/user.resolver.ts';
import { UserService } from './user/user.service.ts';
import { User } from './user/user.ts';

/** Accounts, sessions and tokens. */
export const identity: SubgraphDefinition = {
  name: 'identity',
  resolvers: [UserResolver, AccountResolver, SessionResolver, TokenResolver],
  entities: [User, Password, Session, RefreshToken],
  migrations: [Identity1700000000000],
  build({ database, quota, tokens, logger }) {
    const hashing = new Hashing();
    const prover = new Prover(database, hashing, new Attempts(quota));
    const users = new UserService(database, quota);
    const sessions = new SessionService(database, tokens);
    const registration = new Registration(database, hashing, tokens, quota);
    const accounts = new AccountService(database, prover, hashing, tokens);
    const sweep = new SessionSweep(database, logger);
    return {
      resolvers: [
        new UserResolver(users),
        new AccountResolver(registration, accounts),
        new SessionResolver(sessions),
        new TokenResolver(new TokenService(tokens, sessions)),
      ],
      references: {
        User: ({ id }: { id: string }, context) => users.find(id, context),
      },
      start: async () => sweep.start(),
      close: () => sweep.close(),
    };
  },
};
