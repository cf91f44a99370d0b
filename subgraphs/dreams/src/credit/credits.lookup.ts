import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import type { Connection, ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { momentFrom, numberPlace, type PagedTable, type PageKey, pageKey, readPages } from '../page/page.ts';
import type { CreditAccounts } from './accounts.ts';
import { CreditEntry } from './credit-entry.ts';
import { Credits } from './credits.ts';
import { freePlan } from './plan.ts';

const ofUser: PagedTable<CreditEntry> = {
  table: 'credit_entries',
  owner: 'user_id',
  columns: 'id, user_id AS userId, kind, moved, dream_id AS dreamId, reference, created_at AS createdAt',
  newestFirst: true,
  place: numberPlace,
  node: ({ list: _, ...row }) =>
    Object.assign(new CreditEntry(), row, {
      id: String(row.id),
      moved: Number(row.moved),
      createdAt: momentFrom(row.createdAt),
    }),
};

/** What people may spend, and how it came to that. */
export class CreditsLookup {
  readonly #database: Database;
  readonly #accounts: CreditAccounts;

  constructor(database: Database, accounts: CreditAccounts) {
    this.#database = database;
    this.#accounts = accounts;
  }

  /** Whoever calls has made sure that the user asks. */
  async of(userId: string): Promise<Credits> {
    const { granted, available, renewsAt } = await this.#accounts.upToDate(userId);
    return Object.assign(new Credits(), {
      userId,
      totalAmount: granted,
      amount: available,
      plan: freePlan,
      renewsAt,
    });
  }

  /** @throws VALIDATION_FAILED */
  async entries(userId: string, args: ConnectionArgs, context: Context): Promise<Connection<CreditEntry>> {
    return context.load(this.#pages).load(pageKey(ofUser, userId, args));
  }

  readonly #pages: Batch<PageKey, Connection<CreditEntry>> = (keys) => readPages(this.#database, ofUser, keys);
}
