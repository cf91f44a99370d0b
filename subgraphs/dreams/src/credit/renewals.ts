import type { Logger } from '@kopru/runtime/logger.ts';
import { ask } from '@kopru/runtime/subgraph/ask.ts';
import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';
import type { CreditAccounts } from './accounts.ts';

const every = 60_000;
/** As many as identity tells of at a time. */
const usersAtOnce = 100;
const mostBatches = 100;

export interface RenewalDependencies {
  readonly accounts: CreditAccounts;
  readonly identity: () => SubgraphClient;
  /** What follows where an account turns out to be closed, of which this subgraph may not have heard. */
  readonly deactivated: (userId: string) => Promise<void>;
  readonly logger: Logger;
}

/** Gives what the plan gives each month. Any number of processes may, at any time: each grant is made once. */
export class Renewals {
  readonly #parts: RenewalDependencies;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: RenewalDependencies) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#round = this.#round
        .then(() => this.renew())
        .catch((error: unknown) => this.#parts.logger.warn({ err: error }, 'credits could not be renewed'));
    }, every).unref();
  }

  /** Waits for the account that it is at. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#round;
  }

  /** One round; what it leaves, and whoever could not be renewed, is for the next. @throws UNAVAILABLE where identity cannot say who is still there */
  async renew(): Promise<void> {
    const { accounts } = this.#parts;
    const failed = new Set<string>();
    for (let batch = 0; batch < mostBatches; batch++) {
      const userIds = await accounts.due(usersAtOnce, failed);
      if (userIds.length === 0) return;
      const closed = await this.#closedOf(userIds);
      for (const userId of userIds) {
        if (this.#closed) return;
        if (!(await this.#follow(userId, closed.has(userId)))) failed.add(userId);
      }
    }
  }

  /** Whether it could be done; nobody has to wait for an account that is in trouble. */
  async #follow(userId: string, closed: boolean): Promise<boolean> {
    const { accounts, deactivated, logger } = this.#parts;
    try {
      await (closed ? deactivated(userId) : accounts.upToDate(userId));
      return true;
    } catch (error) {
      logger.warn({ err: error, userId, closed }, 'an account was not renewed');
      return false;
    }
  }

  async #closedOf(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const { users } = await ask<{ users: ({ id: string; active: boolean } | null)[] }>(
      this.#parts.identity(),
      'query ($ids: [ID!]!) { users(ids: $ids) { id active } }',
      { ids },
    );
    return new Set(users.flatMap((user) => (user && !user.active ? [user.id] : [])));
  }
}
