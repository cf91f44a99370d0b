import type { Context } from '@kopru/runtime/context.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { events } from '@kopru/schema/events.ts';
import { settle } from '../credit/ledger.ts';
import { refuseFaults } from '../input/text.ts';
import type { UpdateDreamInput } from './dream.inputs.ts';
import { changeDream, ownDream } from './dream.own.ts';
import { descriptionFrom, dreamFaults, titleFrom } from './dream.text.ts';
import { Dream } from './dream.ts';

export interface ChangingDependencies {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Changes title and description of the viewer's dream; what is left out stays. @throws VALIDATION_FAILED, NOT_FOUND */
export async function updateDream(
  { database, now }: ChangingDependencies,
  input: UpdateDreamInput,
  context: Context,
): Promise<Dream> {
  const { userId } = context.viewer;
  refuseFaults(dreamFaults(input));
  const changes = {
    ...(input.title != null && { title: titleFrom(input.title) }),
    ...(input.description !== undefined && { description: descriptionFrom(input.description) }),
  };
  return database.write(async (tx) => {
    const dream = await ownDream(tx, input.dreamId, userId);
    const same = Object.entries(changes).every(([field, value]) => dream[field as keyof typeof changes] === value);
    return same ? dream : changeDream(tx, dream, changes, new Date(now()));
  });
}

/** Deletes the viewer's dream with all that was said about it. @throws NOT_FOUND */
export async function deleteDream(
  { database, now }: ChangingDependencies,
  dreamId: string,
  context: Context,
): Promise<string> {
  const { userId } = context.viewer;
  await database.write(async (tx) => eraseDream(tx, await ownDream(tx, dreamId, userId), new Date(now())));
  return dreamId;
}

/** A dream that the transaction has locked goes, and its credit comes back unless an analysis was completed. */
export async function eraseDream(tx: Transaction, { id, authorId, charge }: Dream, at: Date): Promise<void> {
  if (charge === 'HELD') await settle(tx, 'RELEASE', authorId, id, at);
  // Foreign keys take messages and analyses with it.
  await tx.manager.delete(Dream, { id });
  tx.emit(events.dreamDeleted({ dreamId: id }));
}
