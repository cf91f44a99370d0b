import type { Context } from '@kopru/runtime/context.ts';
import type { Transaction } from '@kopru/runtime/database/database.ts';
import { lockedRow } from '@kopru/runtime/database/locked-row.ts';
import { newId } from '@kopru/runtime/ids.ts';
import type { AnalysisDependencies } from '../analysis/analysis.request.ts';
import type { CreditAccounts } from '../credit/accounts.ts';
import { CreditAccount } from '../credit/credit-account.ts';
import { hold } from '../credit/ledger.ts';
import { refuseFaults } from '../input/text.ts';
import { askAnalyst, messageFault } from '../message/dream-message.send.ts';
import type { CreateDreamInput } from './dream.inputs.ts';
import { descriptionFrom, dreamFaults, titleFor, titleFrom } from './dream.text.ts';
import { Dream } from './dream.ts';

export interface CreatingDependencies extends AnalysisDependencies {
  readonly accounts: CreditAccounts;
}

/**
 * Makes a dream and sets its credit aside, in one transaction; or gives the one that the same author made with the same nonce.
 * With a message, its analysis begins. @throws VALIDATION_FAILED, INSUFFICIENT_CREDIT; nothing is written then
 */
export async function createDream(
  parts: CreatingDependencies,
  input: CreateDreamInput,
  context: Context,
): Promise<Dream> {
  const { userId } = context.viewer;
  const message = input.message ?? null;
  refuseFaults({ ...dreamFaults(input), message: message === null ? null : messageFault(message) });
  await parts.accounts.upToDate(userId);
  const dream = await parts.database.write(async (tx) => {
    const nonce = input.nonce ?? null;
    const first = nonce === null ? null : await madeWith(tx, userId, nonce);
    if (first) return first;
    const at = new Date(parts.now());
    const made = Object.assign(new Dream(), {
      id: newId(),
      authorId: userId,
      title: input.title == null ? titleFor(`${input.description ?? ''} ${message ?? ''}`) : titleFrom(input.title),
      description: descriptionFrom(input.description),
      nonce,
      charge: 'HELD',
      analysisId: null,
      createdAt: at,
      updatedAt: at,
    } as const);
    await hold(tx, userId, made.id, at);
    await tx.manager.createQueryBuilder().insert().into(Dream).values(made).updateEntity(false).execute();
    if (message !== null) await askAnalyst(parts, tx, made, { message, nonce: null, at });
    return made;
  });
  if (dream.analysisId !== null) parts.wake();
  return dream;
}

/** The author's account is locked before the look, so of two that race the later one finds what the first one made. */
async function madeWith(tx: Transaction, authorId: string, nonce: string): Promise<Dream | null> {
  await lockedRow(tx, CreditAccount, { userId: authorId });
  return tx.manager.findOneBy(Dream, { authorId, nonce });
}
