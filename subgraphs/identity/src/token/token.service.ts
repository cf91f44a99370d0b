import type { Tokens } from '@kopru/runtime/auth/tokens.ts';
import type { Viewer } from '@kopru/runtime/context.ts';
import { codeOf } from '@kopru/runtime/errors.ts';
import type { SessionService } from '../session/session.service.ts';
import type { TokenRejection, TokenVerification } from './token.ts';

export class TokenService {
  readonly #tokens: Tokens;
  readonly #sessions: SessionService;

  constructor(tokens: Tokens, sessions: SessionService) {
    this.#tokens = tokens;
    this.#sessions = sessions;
  }

  async verify(token: string): Promise<TokenVerification> {
    const read = await this.#read(token);
    if (read === 'INVALID') return this.#verifyRefresh(token);
    if (typeof read === 'string') return { valid: false, reason: read };
    const { userId, sessionId, expiresAt } = read;
    if (await this.#sessions.hasEnded(sessionId)) return { valid: false, reason: 'REVOKED' };
    return { valid: true, userId, sessionId, expiresAt: new Date(expiresAt * 1000) };
  }

  async #verifyRefresh(token: string): Promise<TokenVerification> {
    const session = await this.#sessions.ofRefreshToken(token);
    if (!session) return { valid: false, reason: 'INVALID' };
    const { id: sessionId, userId, revokedAt, expiresAt } = session;
    if (revokedAt) return { valid: false, reason: 'REVOKED' };
    if (expiresAt <= new Date()) return { valid: false, reason: 'EXPIRED' };
    return { valid: true, userId, sessionId, expiresAt };
  }

  async #read(token: string): Promise<Viewer | TokenRejection> {
    try {
      return await this.#tokens.readAccess(token);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'TOKEN_EXPIRED') return 'EXPIRED';
      if (code === 'UNAUTHENTICATED') return 'INVALID';
      throw error;
    }
  }
}
