import type { Context } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import { Arg, Ctx, Directive, ID, Mutation, Query, Resolver } from 'type-graphql';
import { AuthPayload } from '../session/auth-payload.ts';
import type { SessionService } from '../session/session.service.ts';
import { RequestAgentCodePayload, SessionAccess, VerifyAgentCodeInput } from './agent.inputs.ts';
import type { AgentService } from './agent.service.ts';

@Resolver()
export class AgentResolver {
  readonly #agents: AgentService;
  readonly #sessions: SessionService;

  constructor(agents: AgentService, sessions: SessionService) {
    this.#agents = agents;
    this.#sessions = sessions;
  }

  @Mutation(() => RequestAgentCodePayload, {
    description:
      'Sends the support agents a code to sign in with; the one before it is void. RATE_LIMITED with `retryAfter` for more than 5 from one address in 15 minutes or 20 in all in an hour; UNAVAILABLE where the code cannot be sent.',
  })
  async requestAgentCode(@Ctx() context: Context): Promise<RequestAgentCodePayload> {
    return this.#agents.requestCode(context);
  }

  @Mutation(() => AuthPayload, {
    description:
      'Signs an agent in by a code, once. UNAUTHENTICATED for one that is wrong, spent or older than 5 minutes, and for any after 5 wrong ones; RATE_LIMITED with `retryAfter` for more than 10 tries from one address in 15 minutes or 60 in all in an hour.',
  })
  async verifyAgentCode(
    @Arg('input', () => VerifyAgentCodeInput, { description: 'The code.' }) { code }: VerifyAgentCodeInput,
    @Ctx() context: Context,
  ): Promise<AuthPayload> {
    return this.#agents.signIn(code, context.client);
  }

  @Query(() => SessionAccess, {
    nullable: true,
    description:
      "An access token for an agent's session that lives; null for any other. FORBIDDEN to all but services, which keep such a session for a browser.",
  })
  @Directive('@inaccessible')
  async sessionAccess(
    @Arg('sessionId', () => ID, { description: 'A session.' }) sessionId: string,
    @Ctx() context: Context,
  ): Promise<SessionAccess | null> {
    if (!context.service) throw forbidden('Only services may ask.');
    return this.#sessions.agentAccess(sessionId);
  }
}
