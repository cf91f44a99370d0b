import type { IncomingHttpHeaders } from 'node:http';
import type { ProxyTrust } from '@kopru/runtime/client.ts';
import type { Ground } from '@kopru/runtime/ground.ts';
import { ask } from '@kopru/runtime/subgraph/ask.ts';
import { LRUCache } from 'lru-cache';
import { agentCookie, isOwnPage } from './cookie.ts';

/** What lets a browser act for its agent. */
export interface AgentAccess {
  readonly sessionId: string;
  /** The access token. */
  readonly token: string;
  /** When it has to be renewed, in milliseconds since 1970. */
  readonly renewAt: number;
}

/** How long before it runs out a token is renewed, in milliseconds. */
const margin = 60_000;

const query = 'query SessionAccess($sessionId: ID!) { sessionAccess(sessionId: $sessionId) { token } }';

/**
 * The agents' sessions of browsers. A cookie names one; identity, which keeps it, gives a token for it as long as it lives.
 * What is known of a session is forgotten with the token, and at once when the session ends.
 */
export class AgentSessions {
  readonly #ground: Pick<Ground, 'tokens' | 'subgraph'>;
  readonly #trust: ProxyTrust;
  readonly #known = new LRUCache<string, Promise<AgentAccess | null>>({ max: 10_000 });
  readonly #stopListening: () => void;

  constructor(ground: Pick<Ground, 'tokens' | 'subgraph' | 'revocations'>, trust: ProxyTrust) {
    this.#ground = ground;
    this.#trust = trust;
    this.#stopListening = ground.revocations.onRevoked(({ sessionId }) => this.#known.delete(sessionId));
  }

  /** The access that a request brings; null without a living session, and where a page of another site made it. */
  async of(headers: IncomingHttpHeaders): Promise<AgentAccess | null> {
    return isOwnPage(headers, this.#trust) ? this.byCookie(headers) : null;
  }

  /** The same whoever made it: to show a page, but never to do anything. */
  async byCookie(headers: IncomingHttpHeaders): Promise<AgentAccess | null> {
    const cookie = agentCookie(headers);
    const sessionId = cookie === undefined ? undefined : await this.#ground.tokens.readBrowser(cookie);
    return sessionId === undefined ? null : this.access(sessionId);
  }

  /** Access for a session; null once it has ended. @throws UNAVAILABLE where that cannot be known */
  async access(sessionId: string): Promise<AgentAccess | null> {
    const known = await this.#known.get(sessionId);
    if (known && known.renewAt > Date.now()) return known;
    const asked = this.#ask(sessionId);
    this.#known.set(sessionId, asked);
    try {
      const access = await asked;
      if (!access) this.#forget(sessionId, asked);
      return access;
    } catch (error) {
      this.#forget(sessionId, asked);
      throw error;
    }
  }

  close(): void {
    this.#stopListening();
  }

  async #ask(sessionId: string): Promise<AgentAccess | null> {
    const { tokens, subgraph } = this.#ground;
    const { sessionAccess } = await ask<{ sessionAccess: { token: string } | null }>(subgraph('identity'), query, {
      sessionId,
    });
    if (!sessionAccess) return null;
    const { token } = sessionAccess;
    const { expiresAt } = await tokens.verifyAccess(token);
    return { sessionId, token, renewAt: expiresAt * 1_000 - margin };
  }

  #forget(sessionId: string, asked: Promise<AgentAccess | null>): void {
    if (this.#known.get(sessionId) === asked) this.#known.delete(sessionId);
  }
}
