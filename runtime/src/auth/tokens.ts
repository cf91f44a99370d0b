import { createHmac, hkdfSync } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../context.ts';
import { tokenExpired, unauthenticated } from '../errors.ts';
import type { SigningKeys } from './keys.ts';
import type { Revocations, RevokedSession } from './revocations.ts';

const issuer = 'kopru';
const audience = { access: 'kopru', service: 'kopru-services', browser: 'kopru-browsers' } as const;

/** How long an access token lasts, in seconds. */
export const accessTokenLifetime = 30 * 60;
const serviceTokenLifetime = 5 * 60;
/** How long a browser may keep the name of its session, in seconds; the session itself ends when identity says so. */
const browserTokenLifetime = 30 * 24 * 60 * 60;

/** Signs and checks the tokens of one installation. Every service has one and trusts no other's word. */
export class Tokens {
  readonly #keys: SigningKeys;
  readonly #revocations: Revocations;
  readonly #verified = new LRUCache<string, Viewer>({ max: 20_000 });
  #service: { token: string; expiresAt: number } | undefined;
  #checkedService: { token: string; expiresAt: number } | undefined;

  constructor(keys: SigningKeys, revocations: Revocations) {
    this.#keys = keys;
    this.#revocations = revocations;
  }

  /** A new access token for a session, and when it runs out; `agent` makes its viewer a support agent. Only identity hands these out. */
  async signAccess(
    userId: string,
    sessionId: string,
    { lifetime = accessTokenLifetime, agent = false }: { lifetime?: number; agent?: boolean } = {},
  ): Promise<{ token: string; expiresAt: number }> {
    const issuedAt = Math.floor(Date.now() / 1000);
    const expiresAt = issuedAt + lifetime;
    const token = await this.#sign(audience.access, userId, issuedAt, expiresAt, {
      sid: sessionId,
      ...(agent && { agent }),
    });
    return { token, expiresAt };
  }

  /** @throws TOKEN_EXPIRED, or UNAUTHENTICATED for anything else that is wrong with it, a revoked session included. */
  async verifyAccess(token: string): Promise<Viewer> {
    const viewer = await this.readAccess(token);
    if (await this.#revocations.has(viewer.sessionId)) throw unauthenticated('This session has ended.');
    return viewer;
  }

  /** What an access token says, whether its session has ended or not. @throws TOKEN_EXPIRED, UNAUTHENTICATED */
  async readAccess(token: string): Promise<Viewer> {
    const viewer = this.#verified.get(token) ?? (await this.#verify(token));
    if (viewer.expiresAt <= Date.now() / 1000) throw tokenExpired();
    return viewer;
  }

  /** Refuses the tokens of these sessions in this process at once; the others hear of them through the log. */
  revoke(sessions: readonly RevokedSession[]): void {
    for (const session of sessions) this.#revocations.learn(session);
  }

  /** A token by which this service's calls are told from a client's. Made anew before it runs out. */
  async serviceToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    if (!this.#service || this.#service.expiresAt < now + 60) {
      const expiresAt = now + serviceTokenLifetime;
      this.#service = { token: await this.#sign(audience.service, 'service', now, expiresAt, {}), expiresAt };
    }
    return this.#service.token;
  }

  /** What a browser's cookie holds of a session: its name, signed. It opens nothing by itself. */
  async signBrowser(userId: string, sessionId: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return this.#sign(audience.browser, userId, now, now + browserTokenLifetime, { sid: sessionId });
  }

  /** The session that a browser's cookie names; undefined where we have not signed it, or too long ago. */
  async readBrowser(token: string): Promise<string | undefined> {
    try {
      const { payload } = await jwtVerify<{ sid?: string }>(token, this.#keys.publicKey, {
        issuer,
        audience: audience.browser,
        algorithms: ['EdDSA'],
        requiredClaims: ['sub', 'sid', 'exp'],
      });
      return typeof payload.sid === 'string' ? payload.sid : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  /** Whether `token` is a service's of this installation. */
  async isService(token: string): Promise<boolean> {
    const seen = this.#checkedService;
    if (seen?.token === token && seen.expiresAt > Date.now() / 1000) return true;
    try {
      const { payload } = await jwtVerify(token, this.#keys.publicKey, {
        issuer,
        audience: audience.service,
        algorithms: ['EdDSA'],
        requiredClaims: ['exp'],
      });
      this.#checkedService = { token, expiresAt: payload.exp as number };
      return true;
    } catch (error) {
      if (error instanceof errors.JOSEError) return false;
      throw error;
    }
  }

  /**
   * A hash of `text`, in hexadecimal, that only this installation can make; for what is too short to be hashed alone.
   * `purpose` keeps what is sealed for one thing from being taken for another.
   */
  seal(purpose: string, text: string): string {
    const key = hkdfSync('sha256', this.#keys.secret, '', purpose, 32);
    return createHmac('sha256', Buffer.from(key)).update(text).digest('hex');
  }

  async #verify(token: string): Promise<Viewer> {
    try {
      const { payload } = await jwtVerify<{ sid?: string; agent?: boolean }>(token, this.#keys.publicKey, {
        issuer,
        audience: audience.access,
        algorithms: ['EdDSA'],
        requiredClaims: ['sub', 'sid', 'exp'],
      });
      const { sub, sid, exp, agent } = payload;
      if (typeof sub !== 'string' || typeof sid !== 'string' || typeof exp !== 'number')
        throw unauthenticated('Invalid access token.');
      const viewer = { userId: sub, sessionId: sid, expiresAt: exp, agent: agent === true };
      this.#verified.set(token, viewer);
      return viewer;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw tokenExpired();
      if (error instanceof errors.JOSEError) throw unauthenticated('Invalid access token.');
      throw error;
    }
  }

  #sign(
    aud: string,
    sub: string,
    issuedAt: number,
    expiresAt: number,
    claims: Record<string, string | boolean>,
  ): Promise<string> {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: this.#keys.id })
      .setIssuer(issuer)
      .setAudience(aud)
      .setSubject(sub)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.#keys.privateKey);
  }
}
