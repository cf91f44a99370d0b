import type { SubgraphDefinition } from '@kopru/runtime/subgraph/definition.ts';
import { Registration } from './account/account.register.ts';
import { AccountResolver } from './account/account.resolver.ts';
import { AccountService } from './account/account.service.ts';
import { AgentAccount } from './agent/agent.account.ts';
import { AgentCode } from './agent/agent.code.ts';
import { AgentCodes } from './agent/agent.codes.ts';
import { CodeDelivery } from './agent/agent.delivery.ts';
import { AgentResolver } from './agent/agent.resolver.ts';
import { AgentService } from './agent/agent.service.ts';
import { Agents } from './agent/agents.ts';
import { identitySettings } from './config.ts';
import { GoogleAccount } from './google/google.account.ts';
import { GoogleKeys } from './google/google.keys.ts';
import { GoogleResolver } from './google/google.resolver.ts';
import { GoogleService } from './google/google.service.ts';
import { GoogleTokens } from './google/google.token.ts';
import { Identity1700000000000 } from './migrations/1700000000000-identity.ts';
import { Agents1700000000001 } from './migrations/1700000000001-agents.ts';
import { Google1700000000002 } from './migrations/1700000000002-google.ts';
import { LastingTokens1700000000003 } from './migrations/1700000000003-lasting-tokens.ts';
import { ChangedAddresses1700000000004 } from './migrations/1700000000004-changed-addresses.ts';
import { Attempts } from './password/attempts.ts';
import { Hashing } from './password/hashing.ts';
import { Password } from './password/password.ts';
import { Prover } from './password/proof.ts';
import { AuthPayloadResolver } from './session/auth-payload.resolver.ts';
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
export const identity: SubgraphDefinition<typeof identitySettings> = {
  name: 'identity',
  settings: identitySettings,
  resolvers: [
    UserResolver,
    AccountResolver,
    SessionResolver,
    TokenResolver,
    AgentResolver,
    AuthPayloadResolver,
    GoogleResolver,
  ],
  entities: [User, Password, Session, RefreshToken, AgentAccount, AgentCode, GoogleAccount],
  migrations: [
    Identity1700000000000,
    Agents1700000000001,
    Google1700000000002,
    LastingTokens1700000000003,
    ChangedAddresses1700000000004,
  ],
  build({ settings, database, quota, tokens, logger, peer }) {
    const agents = new Agents(settings);
    const hashing = new Hashing();
    const prover = new Prover(database, hashing, new Attempts(quota));
    const users = new UserService(database, agents, quota);
    const sessions = new SessionService(database, tokens);
    const registration = new Registration(database, hashing, tokens, agents, quota);
    const accounts = new AccountService(database, prover, hashing, tokens, agents);
    const codes = new AgentCodes(database, tokens);
    const agentService = new AgentService(
      { database, tokens, quota },
      { agents, codes, delivery: new CodeDelivery(peer) },
      settings,
    );
    const googleTokens = new GoogleTokens(new GoogleKeys(settings.GOOGLE_JWKS_URL), settings.GOOGLE_CLIENT_IDS);
    const google = new GoogleService(database, tokens, agents, googleTokens);
    const sweep = new SessionSweep(database, logger);
    return {
      resolvers: [
        new UserResolver(users),
        new AccountResolver(registration, accounts),
        new SessionResolver(sessions),
        new TokenResolver(new TokenService(tokens, sessions)),
        new AgentResolver(agentService, sessions),
        new AuthPayloadResolver(),
        new GoogleResolver(google),
      ],
      references: {
        User: ({ id }: { id: string }, context) => users.find(id, context),
      },
      async start() {
        tokens.revoke(await agents.settle(database));
        sweep.start();
      },
      close: () => sweep.close(),
    };
  },
};
