import type { Transaction } from '@kopru/runtime/database/database.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import { notFound } from '@kopru/runtime/errors.ts';
import { Dream } from './dream.ts';

/** A dream of this author, which nobody else changes until the transaction ends. @throws NOT_FOUND also where it is somebody else's */
export async function ownDream(tx: Transaction, id: string, authorId: string): Promise<Dream> {
  const dream = await lockedRow(tx, Dream, { id, authorId });
  if (!dream) throw notFound('Dream');
  return dream;
}

/** Writes changes of a dream that the transaction has locked, and says when. */
export async function changeDream(
  { manager }: Transaction,
  dream: Dream,
  changes: Partial<Pick<Dream, 'title' | 'description' | 'charge' | 'analysisId'>>,
  at: Date,
): Promise<Dream> {
  // A clock that goes back does not take the dream with it.
  const updatedAt = at > dream.updatedAt ? at : dream.updatedAt;
  await manager.update(Dream, { id: dream.id }, { ...changes, updatedAt });
  return Object.assign(dream, changes, { updatedAt });
}
