import type { Context } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { LiveSource } from '@kopru/runtime/subgraph/live.ts';
import { type KopruEvent, topic } from '@kopru/schema/events.ts';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { User } from '../user/user.ts';
import { AuthPayload } from './auth-payload.ts';
import { RevokedSession, SessionRevoked } from './session.events.ts';
import {
  LogoutInput,
  LogoutPayload,
  RefreshSessionInput,
  RevokeSessionInput,
  RevokeSessionPayload,
} from './session.inputs.ts';
import type { SessionService } from './session.service.ts';
import { Session } from './session.ts';

type Revoked = Extract<KopruEvent, { type: 'session.revoked' }>;
const revoked: Revoked['type'] = 'session.revoked';

@Resolver(() => User)
export class SessionResolver {
  readonly #sessions: SessionService;

  constructor(sessions: SessionService) {
    this.#sessions = sessions;
  }

  @FieldResolver(() => [Session], {
    nullable: true,
    description: "The user's live sessions, the newest 100, newest first. Only for the user, else FORBIDDEN (Session).",
  })
  async sessions(@Root() user: User, @Ctx() context: Context): Promise<Session[]> {
    if (!user.isReader(context)) throw forbidden('Only the user sees their sessions.', 'Session');
    return this.#sessions.liveOf(user.id, user.signedInto ?? context.viewerOrNull?.sessionId);
  }

  @Query(() => [RevokedSession], {
    description: 'Sessions that ended while access tokens of them may still be about; FORBIDDEN to all but services.',
  })
  @Directive('@inaccessible')
  async revokedSessions(@Ctx() context: Context): Promise<RevokedSession[]> {
    if (!context.service) throw forbidden('Only services may ask.');
    return this.#sessions.revokedLately();
  }

  @Mutation(() => AuthPayload, {
    description:
      'Exchanges a refresh token for the next pair of tokens. One that was spent before ends its session, but for a retry within 10 seconds, which gets the same answer. UNAUTHENTICATED for any that is not good.',
  })
  async refreshSession(
    @Arg('input', () => RefreshSessionInput, { description: 'The token.' }) input: RefreshSessionInput,
    @Ctx() context: Context,
  ): Promise<AuthPayload> {
    return this.#sessions.refresh(input.refreshToken, context.client);
  }

  @Mutation(() => LogoutPayload, {
    description: 'Ends sessions: their tokens are void and their sockets close. UNAUTHENTICATED without any token.',
  })
  async logout(
    @Arg('input', () => LogoutInput, { defaultValue: {}, description: 'Which of them.' }) input: LogoutInput,
    @Ctx() context: Context,
  ): Promise<LogoutPayload> {
    return { revokedSessionIds: await this.#sessions.logout(input, context) };
  }

  @Mutation(() => RevokeSessionPayload, {
    description: 'Ends one session of the viewer, such as that of a lost phone. NOT_FOUND where it is not theirs.',
  })
  async revokeSession(
    @Arg('input', () => RevokeSessionInput, { description: 'Which one.' }) { sessionId }: RevokeSessionInput,
    @Ctx() context: Context,
  ): Promise<RevokeSessionPayload> {
    await this.#sessions.revoke(sessionId, context);
    return { sessionId };
  }

  @Subscription(() => SessionRevoked, {
    description: 'Each session of the viewer that ends from now on.',
    subscribe: ({ context }: { context: Context }) => context.resolver(SessionResolver).listen(context),
  })
  sessionRevoked(@Root() event: LogEvent): SessionRevoked {
    return event.payload as Revoked['payload'];
  }

  listen(context: Context): LiveSource {
    return context.listen({ topics: [topic.user(context.viewer.userId)], types: [revoked], recheckOn: [] });
  }
}
