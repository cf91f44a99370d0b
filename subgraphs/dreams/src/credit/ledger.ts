import type { Transaction } from '@kopru/runtime/database/database.ts';
import { insufficientCredit } from '@kopru/runtime/errors.ts';
import { CreditAccount } from './credit-account.ts';
import { CreditEntry, type CreditEntryKind } from './credit-entry.ts';
import { dreamCost } from './plan.ts';

type Balance = 'available' | 'held' | 'spent';

/** Double entry: what leaves one balance comes to another, and the plan alone brings something new. */
const moves: Readonly<Record<CreditEntryKind, { readonly from: Balance | 'plan'; readonly to: Balance }>> = {
  GRANT: { from: 'plan', to: 'available' },
  HOLD: { from: 'available', to: 'held' },
  CAPTURE: { from: 'held', to: 'spent' },
  RELEASE: { from: 'held', to: 'available' },
};

interface Move {
  readonly kind: CreditEntryKind;
  readonly userId: string;
  readonly credits: number;
  readonly dreamId: string | null;
  /** A user has one entry of it, ever. */
  readonly reference: string;
  readonly at: Date;
}

const holdOf = (dreamId: string): string => `hold:${dreamId}`;

/** Sets credits aside for a dream. @throws INSUFFICIENT_CREDIT, also where the account is closed, and nothing was written */
export async function hold(tx: Transaction, userId: string, dreamId: string, at: Date): Promise<void> {
  // Who comes too late learns it without waiting for those who come with them.
  const select = { available: true, renewsAt: true };
  const left = await tx.manager.findOne(CreditAccount, { where: { userId }, select });
  const move = { kind: 'HOLD', userId, credits: dreamCost, dreamId, reference: holdOf(dreamId), at } as const;
  if (!left?.renewsAt || left.available < dreamCost || !(await moved(tx, move))) throw insufficientCredit();
}

/** Spends what was set aside for a dream, or gives it back: one of the two, once. */
export async function settle(
  tx: Transaction,
  kind: 'CAPTURE' | 'RELEASE',
  userId: string,
  dreamId: string,
  at: Date,
): Promise<void> {
  const isHeld = await tx.manager.existsBy(CreditEntry, { userId, reference: holdOf(dreamId) });
  const move = { kind, userId, credits: dreamCost, dreamId, reference: `settle:${dreamId}`, at };
  if (!isHeld || !(await moved(tx, move))) throw new Error(`Nothing is held for dream ${dreamId}.`);
}

/** Gives credits. */
export async function grant(
  tx: Transaction,
  userId: string,
  credits: number,
  reference: string,
  at: Date,
): Promise<void> {
  const move = { kind: 'GRANT', userId, credits, dreamId: null, reference, at } as const;
  if (!(await moved(tx, move))) throw new Error(`User ${userId} has no account for credits.`);
}

/** One guarded update, so that no balance is ever below zero, however many race; and its entry. False where there is too little. */
async function moved({ manager }: Transaction, { kind, credits, at, ...entry }: Move): Promise<boolean> {
  const { from, to } = moves[kind];
  const source = from === 'plan' ? { granted: () => 'granted + :credits' } : { [from]: () => `${from} - :credits` };
  const query = manager
    .createQueryBuilder()
    .update(CreditAccount)
    .set({ ...source, [to]: () => `${to} + :credits` })
    .where('user_id = :userId', { userId: entry.userId, credits });
  if (from !== 'plan') query.andWhere(`${from} >= :credits`);
  // What a closed account holds is still settled; nothing is held there any more.
  if (kind === 'HOLD') query.andWhere('renews_at IS NOT NULL');
  const { affected } = await query.execute();
  if (affected !== 1) return false;
  await manager
    .createQueryBuilder()
    .insert()
    .into(CreditEntry)
    .values({ ...entry, kind, moved: credits, createdAt: at })
    .updateEntity(false)
    .execute();
  return true;
}
