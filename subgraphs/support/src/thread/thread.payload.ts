import type { SupportThreadPayload } from '@kopru/schema/events.ts';
import { SupportThread } from './thread.ts';

/** A thread as events carry it: what its visitor may see, and nothing else. */
export const threadPayload = (thread: SupportThread): SupportThreadPayload => ({
  id: thread.id,
  displayName: thread.displayName,
  status: thread.status,
  origin: thread.origin,
  createdAt: thread.createdAt.toISOString(),
  lastActivityAt: thread.lastActivityAt.toISOString(),
  lastMessageId: thread.lastMessageId,
  visitorSeenMessageId: thread.visitorSeenMessageId,
  agentsSeenMessageId: thread.agentsSeenMessageId,
});

export const threadOf = ({ createdAt, lastActivityAt, ...rest }: SupportThreadPayload): SupportThread =>
  Object.assign(new SupportThread(), {
    ...rest,
    createdAt: new Date(createdAt),
    lastActivityAt: new Date(lastActivityAt),
  });
