import type { Transaction } from '@kopru/runtime/database/database.ts';
import type { CreditAccounts } from '../credit/accounts.ts';
import { type ChangingDependencies, eraseDream } from '../dream/dream.change.ts';
import { Dream } from '../dream/dream.ts';
import { Dreamer } from './dreamer.ts';

/** As many as one transaction takes away. */
const dreamsAtOnce = 50;

/**
 * Takes away what a user whose account is closed has dreamt, and gives them no more credits; the ledger stays.
 * Nobody could ever read it again. Done twice, or gone on with after a crash, it comes to the same.
 */
export async function eraseDreamer(
  { database, now }: ChangingDependencies,
  accounts: CreditAccounts,
  userId: string,
): Promise<void> {
  const eraseSome = async (tx: Transaction): Promise<number> => {
    const query = tx.manager.createQueryBuilder(Dream, 'dream').where({ authorId: userId }).limit(dreamsAtOnce);
    const dreams = await (tx.dialect === 'mysql' ? query.setLock('pessimistic_write') : query).getMany();
    for (const dream of dreams) await eraseDream(tx, dream, new Date(now()));
    return dreams.length;
  };
  while ((await database.write(eraseSome)) === dreamsAtOnce);
  // Last: while renewals are due to the account, whoever makes them finds out that it is closed.
  await database.write(async (tx) => {
    await accounts.close(tx, userId);
    // Closing waited for whoever made a dream meanwhile, and nobody can after it.
    while ((await eraseSome(tx)) === dreamsAtOnce);
    await tx.manager.delete(Dreamer, { userId });
  });
}
