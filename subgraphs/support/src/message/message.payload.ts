import type { SupportMessagePayload } from '@kopru/schema/events.ts';
import { SupportMessage } from './message.ts';

/** A message as events carry it: whole, but for who of the agents wrote it. */
export const messagePayload = (message: SupportMessage): SupportMessagePayload => ({
  id: message.id,
  threadId: message.threadId,
  sender: message.sender,
  type: message.type,
  text: message.text,
  fileUrl: message.fileUrl,
  uploadId: message.uploadId,
  nonce: message.nonce,
  createdAt: message.createdAt.toISOString(),
});

export const messageOf = ({ createdAt, ...rest }: SupportMessagePayload): SupportMessage =>
  Object.assign(new SupportMessage(), { ...rest, createdAt: new Date(createdAt) });
