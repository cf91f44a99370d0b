import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { insertIfAbsent } from '@kopru/runtime/database/insert-if-absent.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import { grantDue, monthOf } from './calendar.ts';
import { CreditAccount } from './credit-account.ts';
import { grant } from './ledger.ts';
import { freePlan } from './plan.ts';

/** The accounts of credits, each made when somebody first asks for it, with all that the plan has given by then. */
export class CreditAccounts {
  readonly #database: Database;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /**
   * A user's account with every grant that is due. However often and by however many this is called, each grant is made once:
   * whether the registration was heard of, or twice, or never, comes to the same.
   */
  async upToDate(userId: string): Promise<CreditAccount> {
    const known = await this.#database.reader.findOneBy(CreditAccount, { userId });
    if (known && !this.#isDue(known)) return known;
    if (!known) await this.#make(userId);
    return this.#database.write(async (tx) => this.#grantDue(tx, await this.#locked(tx, userId)));
  }

  /** Gives nothing more to a user whose account is closed, and lets them hold nothing once the transaction is committed. */
  async close({ manager }: Transaction, userId: string): Promise<void> {
    await manager.update(CreditAccount, { userId }, { renewsAt: null });
  }

  /** Users to whom something is due, but for `others`; as many as `limit`, the longest due first. */
  async due(limit: number, others: ReadonlySet<string> = new Set()): Promise<string[]> {
    const rows: { userId: string }[] = await this.#database.reader.query(
      'SELECT user_id AS userId FROM credit_accounts WHERE renews_at <= ? ORDER BY renews_at LIMIT ?',
      [new Date(this.#now()), limit + others.size],
    );
    const userIds = rows.map(({ userId }) => userId).filter((userId) => !others.has(userId));
    return userIds.slice(0, limit);
  }

  #isDue({ renewsAt }: CreditAccount): boolean {
    return renewsAt !== null && renewsAt.getTime() <= this.#now();
  }

  /** The first grant is due when the user's account was made. */
  async #make(userId: string): Promise<void> {
    const anchorAt = madeAt(userId) ?? new Date(this.#now());
    const account = { userId, granted: 0, available: 0, held: 0, spent: 0, anchorAt, renewsAt: anchorAt };
    await this.#database.write(({ manager }) => insertIfAbsent(manager, CreditAccount, account));
  }

  async #locked(tx: Transaction, userId: string): Promise<CreditAccount> {
    const account = await lockedRow(tx, CreditAccount, { userId });
    if (!account) throw new Error('An account that was just made is not there.');
    return account;
  }

  async #grantDue(tx: Transaction, account: CreditAccount): Promise<CreditAccount> {
    const { userId, anchorAt } = account;
    while (account.renewsAt !== null && this.#isDue(account)) {
      const month = monthOf(anchorAt, account.renewsAt);
      await grant(tx, userId, freePlan.monthlyCredits, `grant:${month}`, account.renewsAt);
      account.granted += freePlan.monthlyCredits;
      account.available += freePlan.monthlyCredits;
      account.renewsAt = grantDue(anchorAt, month + 1);
    }
    await tx.manager.update(CreditAccount, { userId }, { renewsAt: account.renewsAt });
    return account;
  }
}

/** When a user's account was made: a UUIDv7 begins with its milliseconds. Undefined for an id of another kind. */
function madeAt(userId: string): Date | undefined {
  const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7/i.exec(userId) ?? [];
  return high && low ? new Date(Number.parseInt(high + low, 16)) : undefined;
}
