import type { Viewer } from '@kopru/runtime/context.ts';
import type { Transaction } from '@kopru/runtime/database/database.ts';
import { MoreThan } from 'typeorm';
import { forUpdate } from '../lock.ts';
import { Password } from '../password/password.ts';
import { Session } from '../session/session.ts';
import { GoogleAccount } from './google.account.ts';

/** How long ago somebody may have signed in to have just done so, in milliseconds. */
const justNow = 10 * 60 * 1000;

/** Whether the viewer may set a password without showing one: their account has none, and they have just signed in with Google. */
export async function needsNoPassword(tx: Transaction, viewer: Viewer): Promise<boolean> {
  const { manager } = tx;
  const { userId, sessionId } = viewer;
  const account = await manager.findOne(GoogleAccount, { where: { userId }, ...forUpdate(tx) });
  if (!account || (await manager.existsBy(Password, { userId }))) return false;
  return manager.existsBy(Session, { id: sessionId, userId, createdAt: MoreThan(new Date(Date.now() - justNow)) });
}
