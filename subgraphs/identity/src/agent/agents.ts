import type { RevokedSession } from '@kopru/runtime/auth/revocations.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { conflict } from '@kopru/runtime/errors.ts';
import { In, Not } from 'typeorm';
import type { IdentitySettings } from '../config.ts';
import { endSessions } from '../session/session.end.ts';
import { ordinaryTerms, type SessionTerms, withLastingToken } from '../session/session.open.ts';
import { nameKey } from '../user/name.key.ts';
import type { Names } from '../user/user.names.ts';
import { User } from '../user/user.ts';
import { AgentAccount, sharedName } from './agent.account.ts';

/** Who is a support agent: the accounts that the operator lists, and the one that is signed in to by codes. */
export class Agents {
  readonly #listed: ReadonlySet<string>;
  /** The name that is kept for the shared account, as names are compared. */
  readonly reserved: string;
  readonly #terms: SessionTerms;

  constructor({ AGENT_ACCOUNTS, AGENT_USERNAME, AGENT_SESSION_HOURS }: IdentitySettings) {
    this.#listed = new Set(AGENT_ACCOUNTS.map(nameKey));
    this.reserved = nameKey(AGENT_USERNAME);
    this.#terms = { agent: true, lasting: false, lifetime: AGENT_SESSION_HOURS * 60 * 60 * 1000 };
  }

  /** What a session of this user begins with; `lasting` is whether its refresh token stays the same. */
  async termsOf(tx: Transaction, user: User, lasting = false): Promise<SessionTerms> {
    const terms = (await this.#include(tx, user)) ? this.#terms : ordinaryTerms;
    return lasting ? withLastingToken(terms) : terms;
  }

  /** What a session in the shared account begins with. */
  get terms(): SessionTerms {
    return this.#terms;
  }

  /** @throws CONFLICT for the name that is kept for the shared account. */
  refuseReserved({ usernameKey }: Names): void {
    if (usernameKey === this.reserved)
      throw conflict('This username is taken.', 'User', { username: ['This username is taken.'] });
  }

  /** Learns whose the listed names are now, and ends the agents' sessions of those whose are listed no more; for `Tokens.revoke`. */
  async settle(database: Database): Promise<RevokedSession[]> {
    return database.write(async (tx) => {
      const names = [...this.#listed];
      const holders = await tx.manager.find(User, {
        where: [{ usernameKey: In(names) }, { emailKey: In(names) }],
      });
      for (const user of holders) await this.#include(tx, user);
      const kept = [...names, sharedName];
      const dropped = await tx.manager.findBy(AgentAccount, { name: Not(In(kept)) });
      if (dropped.length === 0) return [];
      await tx.manager.delete(AgentAccount, { name: In(dropped.map(({ name }) => name)) });
      const remaining = new Set((await tx.manager.find(AgentAccount)).map(({ userId }) => userId));
      const gone = dropped.map(({ userId }) => userId).filter((userId) => !remaining.has(userId));
      return endSessions(
        tx,
        gone.map((userId) => ({ userId, agent: true })),
        'REVOKED',
      );
    });
  }

  async #include({ manager }: Transaction, { id, usernameKey, emailKey }: User): Promise<boolean> {
    if (this.#listed.size === 0) return false;
    const bound = await manager.findBy(AgentAccount, { name: In([...this.#listed]) });
    if (bound.some(({ userId }) => userId === id)) return true;
    const free = [usernameKey, emailKey].filter(
      (name) => this.#listed.has(name) && !bound.some((account) => account.name === name),
    );
    if (free.length === 0) return false;
    const accounts = free.map((name) => ({ name, userId: id }));
    await manager
      .createQueryBuilder()
      .insert()
      .into(AgentAccount)
      .values(accounts)
      .orIgnore()
      .updateEntity(false)
      .execute();
    return true;
  }
}
