import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { placeholders } from '../message/message.rows.ts';
import { Presence } from './presence.ts';

/** SQLite takes 32766 parameters in one statement. */
const usersAtOnce = 10_000;

type Row = Pick<Presence, 'userId' | 'status' | 'customStatus'>;

/** What others see of users. */
export class PresenceLookup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  readonly byUser: Batch<string, Presence> = async (userIds) => {
    const found = await this.#visible(userIds);
    return userIds.map((userId) => found.get(userId) ?? presenceOf({ userId, status: 'OFFLINE', customStatus: null }));
  };

  /** Of each list of users, those who are not offline, in the order of the list. */
  readonly among: Batch<readonly string[], Presence[]> = async (lists) => {
    const found = await this.#visible([...new Set(lists.flat())]);
    return lists.map((userIds) => userIds.flatMap((userId) => found.get(userId) ?? []));
  };

  async #visible(userIds: readonly string[]): Promise<Map<string, Presence>> {
    const found = new Map<string, Presence>();
    for (let start = 0; start < userIds.length; start += usersAtOnce) {
      const part = userIds.slice(start, start + usersAtOnce);
      const rows: Row[] = await this.#database.reader.query(
        `SELECT user_id AS userId, status, custom_status AS customStatus
         FROM presences WHERE status <> 'OFFLINE' AND user_id IN (${placeholders(part)})`,
        part,
      );
      for (const row of rows) found.set(row.userId, presenceOf(row));
    }
    return found;
  }
}

/** What others see, without what the person chose. */
export const presenceOf = ({ userId, status, customStatus }: Row): Presence =>
  Object.assign(new Presence(), { userId, status, customStatus });
