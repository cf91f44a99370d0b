import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import { PrivateNote } from './note.ts';

/** Finds notes, for whoever has found out that an agent is reading. */
export class NoteLookup {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Those about each thread, oldest first. */
  readonly ofThread: Batch<string, PrivateNote[]> = async (threadIds) => {
    const notes = await this.#database.reader.find(PrivateNote, {
      where: { threadId: In([...threadIds]) },
      order: { id: 'ASC' },
    });
    const found = Map.groupBy(notes, ({ threadId }) => threadId);
    return threadIds.map((id) => found.get(id) ?? []);
  };
}
