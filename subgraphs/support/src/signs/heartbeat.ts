import type { Database } from '@kopru/runtime/database/database.ts';
import type { Destination } from '@kopru/runtime/events/log.ts';
import { events } from '@kopru/schema/events.ts';
import { lockedThread } from '../thread/thread.locked.ts';
import { SupportThread } from '../thread/thread.ts';
import { announce } from './announce.ts';

/** Notes that the visitor of a thread is there, and tells everybody. @throws NOT_FOUND (SupportThread), UNAVAILABLE */
export async function beat(database: Database, destination: Destination, id: string): Promise<SupportThread> {
  const thread = await database.write(async (tx) => {
    const found = await lockedThread(tx, id);
    const alive = { lastActivityAt: new Date() };
    await tx.manager.update(SupportThread, { id }, alive);
    return Object.assign(found, alive);
  });
  await announce(destination, events.supportVisitorOnline({ threadId: id, at: thread.lastActivityAt.toISOString() }));
  return thread;
}
