import type { IncomingHttpHeaders } from 'node:http';
import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { ProxyTrust } from '@kopru/runtime/client.ts';
import type { Logger } from '@kopru/runtime/logger.ts';
import { RequestAgentCode, VerifyAgentCode } from '@kopru/schema/operations/support.ts';
import type { Answer } from '../dialect.ts';
import { type Failure, failureOf } from '../failure.ts';
import { Reply, type Route, route } from '../route.ts';
import type { AgentSessions } from './agent.sessions.ts';
import { isSecure, setAgentCookie } from './cookie.ts';

export interface LoginGround {
  readonly tokens: Tokens;
  readonly agents: AgentSessions;
  readonly trust: ProxyTrust;
  /** Ends the session that an access token is of. */
  readonly end: (token: string) => Promise<void>;
  readonly logger: Logger;
}

type Refusal = Failure & { readonly kind: 'operation' };

/** Flat bodies; a failure is told in `success`, and with 200 unless the client should do something else than try again. */
const failed = (status: number, message: string, more: object = {}): Answer => ({
  status,
  body: { success: false, message, ...more },
});

const tooMany = ({ retryAfter = 1 }: Refusal): Answer => ({
  ...failed(429, 'Çok fazla deneme yapıldı. Lütfen biraz bekleyin.', { reason: 'too_many' }),
  headers: { 'retry-after': String(Math.ceil(retryAfter)) },
});

/** The code is spent by now: what cannot be said of an earlier session keeps nobody out. */
const noted =
  (logger: Logger) =>
  (error: unknown): undefined => {
    logger.warn({ err: error }, 'an earlier session of an agent was not ended');
  };

/** The document's endpoints for signing in and out. */
export const loginRoutes = (ground: LoginGround): readonly Route[] => [
  route('POST /request-otp', RequestAgentCode, {
    public: true,
    reply: ({ requestAgentCode: { code } }) => ({
      success: true,
      // Only in development, where there was no way to send it.
      ...(code !== null && { otp: code }),
      message: code === null ? "OTP Telegram'a gönderildi" : 'OTP oluşturuldu',
    }),
    errors: {
      RATE_LIMITED: tooMany,
      UNAVAILABLE: failed(500, 'OTP gönderilemedi. Lütfen tekrar deneyin.'),
      INTERNAL: failed(500, 'OTP gönderilemedi. Lütfen tekrar deneyin.'),
    },
  }),
  route('POST /verify-otp', VerifyAgentCode, {
    public: true,
    // Whatever is no text is a wrong code, like any other.
    variables: ({ body }) => ({ input: { code: body.isText('otp') ? body.text('otp').trim() : '' } }),
    reply: async ({ verifyAgentCode: { accessToken } }, { headers }) => {
      const { tokens, agents, trust, end, logger } = ground;
      const before = await agents.of(headers).catch(noted(logger));
      const { userId, sessionId } = await tokens.readAccess(accessToken);
      const cookie = await tokens.signBrowser(userId, sessionId);
      // Nobody goes on with what the browser held before, whoever put it there.
      if (before) await end(before.token).catch(noted(logger));
      return new Reply({
        headers: setAgentCookie(cookie, isSecure(headers, trust)),
        body: { success: true, redirect: '/admin' },
      });
    },
    errors: {
      UNAUTHENTICATED: failed(200, 'Kod hatalı veya süresi dolmuş', { reason: 'wrong' }),
      VALIDATION_FAILED: failed(200, 'Kod hatalı veya süresi dolmuş', { reason: 'wrong' }),
      RATE_LIMITED: tooMany,
    },
  }),
  {
    method: 'GET',
    path: '/logout',
    public: true,
    checksToken: false,
    errors: {},
    // A page of another site can send somebody here, but ends nothing.
    answer: ({ headers }) => logout(headers, ground),
  },
];

function unlessOver(error: unknown): void {
  const failure = failureOf(error);
  if (failure.kind !== 'operation' || failure.code !== 'UNAUTHENTICATED') throw error;
}

async function logout(headers: IncomingHttpHeaders, { agents, trust, end }: LoginGround): Promise<Reply> {
  const access = await agents.of(headers);
  // One that has ended meanwhile is what was asked for.
  if (access) await end(access.token).catch(unlessOver);
  const forgotten = access ? setAgentCookie('', isSecure(headers, trust)) : {};
  return new Reply({ status: 302, headers: { location: '/login', ...forgotten } });
}
