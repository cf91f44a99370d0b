import type { Context } from '@kopru/runtime/context.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';

/** What a mutation does, in a transaction, on behalf of the viewer. It may be run again after a deadlock. */
export type ViewerWrite<Result> = (tx: Transaction, viewerId: string) => Promise<Result>;

/** Lets viewers write. */
export class ViewerWrites {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Runs `work`, after which the request reads anew what it had read. @throws UNAUTHENTICATED */
  async run<Result>(context: Context, work: ViewerWrite<Result>): Promise<Result> {
    const { userId } = context.viewer;
    const result = await this.#database.write((tx) => work(tx, userId));
    context.forgetLoaded();
    return result;
  }
}
