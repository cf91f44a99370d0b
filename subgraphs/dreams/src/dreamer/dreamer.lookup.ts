import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import { Dreamer } from './dreamer.ts';

/** When people last wrote about a dream. */
export class DreamerLookup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  readonly lastChatAt: Batch<string, Date | null> = async (userIds) => {
    const dreamers = await this.#database.reader.findBy(Dreamer, { userId: In([...userIds]) });
    const found = new Map(dreamers.map(({ userId, lastChatAt }) => [userId, lastChatAt]));
    return userIds.map((userId) => found.get(userId) ?? null);
  };
}
