import { unavailable } from '@kopru/runtime/errors.ts';
import type { EventDraft } from '@kopru/runtime/events/event.ts';
import type { Destination } from '@kopru/runtime/events/log.ts';
import { newId } from '@kopru/runtime/ids.ts';

/** Announces what nobody needs a moment later; it is in no outbox. @throws UNAVAILABLE */
export async function announce(destination: Destination, { type, topics, payload }: EventDraft): Promise<void> {
  const event = { id: newId(), type, topics, payload, at: new Date().toISOString() };
  await destination.append([event]).catch((error: unknown) => {
    throw unavailable(undefined, error as Error);
  });
}
