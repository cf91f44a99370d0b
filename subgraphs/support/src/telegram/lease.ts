import type { Database } from '@kopru/runtime/database/database.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { TelegramLease } from './rows.ts';

/** How long it is held without a word of its holder, in milliseconds. */
const heldFor = 45_000;

/** What one process at a time may do. Who dies with it is succeeded when it runs out. */
export class Lease {
  readonly #database: Database;
  readonly #name: string;
  readonly #holder = newId();

  constructor(database: Database, name: string) {
    this.#database = database;
    this.#name = name;
  }

  /** Takes it, or holds it for longer; false where another has it. */
  take(): Promise<boolean> {
    const [now, until] = [new Date(), new Date(Date.now() + heldFor)];
    const row = { name: this.#name, holder: this.#holder, until };
    return this.#database.write(async ({ manager }) => {
      await manager
        .createQueryBuilder()
        .insert()
        .into(TelegramLease)
        .values({ ...row, until: new Date(0) })
        .orIgnore()
        .updateEntity(false)
        .execute();
      const { affected } = await manager
        .createQueryBuilder()
        .update(TelegramLease)
        .set({ holder: this.#holder, until })
        .where('name = :name AND (holder = :holder OR until < :now)', { ...row, now })
        .execute();
      return affected === 1;
    });
  }

  /** Lets another have it. */
  async give(): Promise<void> {
    await this.#database.write(({ manager }) =>
      manager.update(TelegramLease, { name: this.#name, holder: this.#holder }, { until: new Date(0) }),
    );
  }
}
