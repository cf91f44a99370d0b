import { EventEmitter } from 'node:events';
import type { LogEvent } from '../events/event.ts';
import type { EventLog, LogSubscription } from '../events/log.ts';

/** A session that ended while access tokens of it may still be about. */
export interface RevokedSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly revokedAt: string;
}

export interface RevocationsOptions {
  readonly log: EventLog;
  /** The topic that announces ended sessions, with `sessionId`, `userId` and `revokedAt` in the payload. */
  readonly topic: string;
  /** Every session that ended within the life of an access token, from whoever keeps the sessions. */
  readonly load: () => Promise<readonly RevokedSession[]>;
  /** For how long a revocation must be remembered, in seconds: the life of an access token. */
  readonly lifetime: number;
}

/**
 * The sessions whose access tokens are void although they have not run out.
 * Listens first and loads then, so nothing falls between; until it has loaded, nobody is let in on a guess.
 */
export class Revocations {
  readonly #options: RevocationsOptions;
  readonly #revoked = new Map<string, number>();
  readonly #emitter = new EventEmitter<{ revoked: [RevokedSession] }>().setMaxListeners(0);
  #ready: Promise<void> | undefined;
  #subscription: LogSubscription | undefined;
  #sweep: NodeJS.Timeout | undefined;
  #loaded = false;

  constructor(options: RevocationsOptions) {
    this.#options = options;
  }

  /** Resolves when every past revocation is known. A failure is not kept: the next call tries again. */
  ready(): Promise<void> {
    this.#ready ??= this.#start().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  /** Whether the session's tokens are void. Rejects while that cannot be known. */
  async has(sessionId: string): Promise<boolean> {
    if (!this.#loaded) await this.ready();
    return this.#revoked.has(sessionId);
  }

  /** Calls `listener` when a session ends, in this process or any other. Returns how to stop. */
  onRevoked(listener: (session: RevokedSession) => void): () => void {
    this.#emitter.on('revoked', listener);
    return () => this.#emitter.off('revoked', listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#subscription?.close();
  }

  async #start(): Promise<void> {
    const { log, topic, load } = this.#options;
    // Where the log lost events, a revocation may be among them: nobody is let in until the list has been read anew.
    this.#subscription ??= await log.subscribe([topic], (event) => this.#hear(event), {
      onGap: () => this.#startAnew(),
    });
    for (const session of await load()) this.learn(session);
    this.#sweep ??= setInterval(() => this.#forget(), 60_000).unref();
    this.#loaded = true;
  }

  #startAnew(): void {
    this.#loaded = false;
    this.#ready = undefined;
    // Whoever asks next tries again and is told; here there is nobody to tell.
    this.ready().catch(() => undefined);
  }

  #hear(event: LogEvent): void {
    const { sessionId, userId, revokedAt } = event.payload;
    if (typeof sessionId !== 'string' || typeof userId !== 'string' || typeof revokedAt !== 'string') return;
    this.learn({ sessionId, userId, revokedAt });
  }

  /** Remembers a session that ended, and says so the first time. Whoever ended it need not wait for the log to say so. */
  learn(session: RevokedSession): void {
    const known = this.#revoked.has(session.sessionId);
    this.#revoked.set(session.sessionId, Date.parse(session.revokedAt) + (this.#options.lifetime + 60) * 1000);
    if (!known) this.#emitter.emit('revoked', session);
  }

  #forget(): void {
    const now = Date.now();
    for (const [sessionId, until] of this.#revoked) if (until < now) this.#revoked.delete(sessionId);
  }
}
