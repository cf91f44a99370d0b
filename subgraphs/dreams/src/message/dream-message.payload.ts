import type { DreamMessagePayload } from '@kopru/schema/events.ts';
import { DreamMessage } from './dream-message.ts';

/** A message as events carry it. */
export const messagePayloadOf = ({
  id,
  dreamId,
  role,
  message,
  createdAt,
  nonce,
}: DreamMessage): DreamMessagePayload => ({
  id,
  dreamId,
  role,
  message,
  createdAt: createdAt.toISOString(),
  nonce,
});

export const dreamMessageOf = ({ createdAt, ...rest }: DreamMessagePayload): DreamMessage =>
  Object.assign(new DreamMessage(), { ...rest, createdAt: new Date(createdAt) });
