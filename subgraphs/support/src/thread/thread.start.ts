import { randomUUID } from 'node:crypto';
import type { Transaction } from '@kopru/runtime/database/database.ts';
import { events } from '@kopru/schema/events.ts';
import { threadPayload } from './thread.payload.ts';
import { placeWithout } from './thread.place.ts';
import { SupportThread, type SupportThreadOrigin } from './thread.ts';

export interface NewThread {
  /** A UUIDv4; a new one unless told. */
  readonly id?: string;
  /** As `displayNameFrom` gives it. */
  readonly displayName: string;
  readonly origin: SupportThreadOrigin;
  /** The visitor's account, where they are signed in. */
  readonly accountId: string | null;
}

/** Begins a thread and tells the agents of it. */
export async function startThread(tx: Transaction, { accountId, ...given }: NewThread): Promise<SupportThread> {
  const now = new Date();
  const thread = Object.assign(new SupportThread(), {
    id: randomUUID(),
    ...given,
    status: 'OPEN',
    createdAt: now,
    lastActivityAt: now,
    lastMessageId: null,
    visitorSeenMessageId: null,
    agentsSeenMessageId: null,
  } as const);
  const row = { ...thread, accountId, place: placeWithout() };
  await tx.manager.createQueryBuilder().insert().into(SupportThread).values(row).updateEntity(false).execute();
  tx.emit(events.supportThreadStarted({ thread: threadPayload(thread), accountId }));
  return thread;
}
