import type { IncomingHttpHeaders } from 'node:http';
import { unauthenticated } from '@kopru/runtime/errors.ts';
import type { AgentAccess, AgentSessions } from './agent.sessions.ts';

/** How soon access is renewed again, in milliseconds: the last of a session is good for less than a minute. */
const soonest = 1_000;

/** What a connection does when it is known whose session it acts for, and when that cannot be known any more. */
export interface StandingEvents {
  began(sessionId: string): void;
  /** UNAUTHENTICATED where the session has ended. */
  lost(error: unknown): void;
}

/** What a connection may do as an agent, by the cookie that its handshake brought, for as long as the session lives. */
export class AgentStanding {
  readonly #sessions: AgentSessions;
  readonly #headers: IncomingHttpHeaders;
  readonly #events: StandingEvents;
  #access: AgentAccess | undefined;
  #renewal: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(sessions: AgentSessions, headers: IncomingHttpHeaders, events: StandingEvents) {
    this.#sessions = sessions;
    this.#headers = headers;
    this.#events = events;
  }

  /** The session, once it is known. */
  get sessionId(): string | undefined {
    return this.#access?.sessionId;
  }

  /** The access token as it was last; `renewed` gives one that is good. */
  get token(): string | undefined {
    return this.#access?.token;
  }

  /** A token that is good. @throws UNAUTHENTICATED without a session that lives */
  async renewed(): Promise<string> {
    const before = this.#access;
    const access = await (before ? this.#sessions.access(before.sessionId) : this.#sessions.of(this.#headers));
    if (!access) throw unauthenticated();
    this.#access = access;
    if (!before && !this.#closed) this.#events.began(access.sessionId);
    return access.token;
  }

  /** Has it renewed in time from here on, for those who only look at `token`. */
  keep(): void {
    clearTimeout(this.#renewal);
    if (this.#closed || !this.#access) return;
    const wait = Math.max(soonest, this.#access.renewAt - Date.now());
    this.#renewal = setTimeout(() => void this.#renew(), wait).unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#renewal);
  }

  async #renew(): Promise<void> {
    try {
      await this.renewed();
      this.keep();
    } catch (error) {
      if (!this.#closed) this.#events.lost(error);
    }
  }
}
