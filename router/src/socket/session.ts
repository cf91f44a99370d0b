import type { Viewer } from '@kopru/runtime/context.ts';
import { type KopruError, tokenExpired, unauthenticated } from '@kopru/runtime/errors.ts';
import type { Ground } from '@kopru/runtime/ground.ts';

/** Which sockets a session has, so that its end finds them. */
export class Sessions {
  readonly #members = new Map<string, Set<SocketSession>>();
  readonly #stop: () => void;

  constructor({ revocations }: Pick<Ground, 'revocations'>) {
    this.#stop = revocations.onRevoked(({ sessionId }) => {
      for (const member of [...(this.#members.get(sessionId) ?? [])]) member.revoked();
    });
  }

  join(sessionId: string, member: SocketSession): void {
    const members = this.#members.get(sessionId);
    if (members) members.add(member);
    else this.#members.set(sessionId, new Set([member]));
  }

  leave(sessionId: string, member: SocketSession): void {
    const members = this.#members.get(sessionId);
    if (members?.delete(member) && members.size === 0) this.#members.delete(sessionId);
  }

  close(): void {
    this.#stop();
  }
}

/** For whom one socket speaks, and until when. */
export class SocketSession {
  readonly #ground: Pick<Ground, 'tokens' | 'revocations'>;
  readonly #sessions: Sessions;
  readonly #onEnd: (why: KopruError) => void;
  #current: { readonly token: string; readonly viewer: Viewer } | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #left = false;

  /** `onEnd` is called when the session ends or its token runs out. */
  constructor(ground: Pick<Ground, 'tokens' | 'revocations'>, sessions: Sessions, onEnd: (why: KopruError) => void) {
    this.#ground = ground;
    this.#sessions = sessions;
    this.#onEnd = onEnd;
  }

  get token(): string | undefined {
    return this.#current?.token;
  }

  /** Takes a token: the first, or a fresh one of the same user. @throws UNAUTHENTICATED, TOKEN_EXPIRED, UNAVAILABLE */
  async enter(token: string): Promise<void> {
    const { tokens, revocations } = this.#ground;
    const viewer = await tokens.verifyAccess(token);
    if (this.#left) return;
    if (this.#current && this.#current.viewer.userId !== viewer.userId)
      throw unauthenticated('The token is of another user.');
    this.#forget();
    this.#current = { token, viewer };
    this.#sessions.join(viewer.sessionId, this);
    this.#expiry = setTimeout(() => this.#onEnd(tokenExpired()), viewer.expiresAt * 1000 - Date.now()).unref();
    // It may have ended after it was looked at and before its end would be heard here.
    if (await revocations.has(viewer.sessionId)) this.revoked();
  }

  revoked(): void {
    this.#onEnd(unauthenticated('This session has ended.'));
  }

  leave(): void {
    this.#left = true;
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#expiry);
    if (this.#current) this.#sessions.leave(this.#current.viewer.sessionId, this);
  }
}
