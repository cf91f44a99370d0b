import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import { SharedAccount } from './shared-account.ts';

/** What is shown to agents in each thread, for whoever has found out that the reader may see it; null for nothing. */
export const sharedAccountsIn =
  ({ reader }: Database): Batch<string, SharedAccount | null> =>
  async (threadIds) => {
    const accounts = await reader.findBy(SharedAccount, { threadId: In([...threadIds]) });
    const found = new Map(accounts.map((account) => [account.threadId, account]));
    return threadIds.map((id) => found.get(id) ?? null);
  };
