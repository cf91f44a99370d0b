import type { Context } from '@kopru/runtime/context.ts';
import type { Database, Transaction } from '@kopru/runtime/database/database.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import { events } from '@kopru/schema/events.ts';
import type { Peers } from '../references/peers.ts';
import { lockedThread } from '../thread/thread.locked.ts';
import { threadPayload } from '../thread/thread.payload.ts';
import { SupportThread } from '../thread/thread.ts';
import type { ShareAccountInput } from './shared-account.inputs.ts';
import { creditsOf, serversOf } from './shared-account.read.ts';
import { SharedAccount } from './shared-account.ts';

/**
 * Shows agents what the viewer, who began the thread, wants them to see, in place of what they showed before; with nothing, takes it back.
 * @throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN (SupportThread), UNAVAILABLE
 */
export async function shareAccount(
  database: Database,
  peer: Peers,
  { threadId, servers, credits }: ShareAccountInput,
  context: Context,
): Promise<SupportThread> {
  const { userId } = context.viewer;
  await database.write((tx) => requireOwner(tx, threadId, userId));
  const shown = {
    servers: servers ? await serversOf(peer, context) : null,
    credits: credits ? await creditsOf(peer, context) : null,
  };
  return database.write(async (tx) => {
    const thread = await requireOwner(tx, threadId, userId);
    await tx.manager.delete(SharedAccount, { threadId });
    if (servers || credits) await tx.manager.insert(SharedAccount, { threadId, ...shown, sharedAt: new Date() });
    tx.emit(events.supportThreadUpdated({ thread: threadPayload(thread) }));
    return thread;
  });
}

async function requireOwner(tx: Transaction, id: string, userId: string): Promise<SupportThread> {
  const thread = await lockedThread(tx, id);
  if (!(await tx.manager.existsBy(SupportThread, { id, accountId: userId })))
    throw forbidden('Only who began the thread signed in shows their account.', 'SupportThread');
  return thread;
}
