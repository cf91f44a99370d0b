import type { MessagePayload } from '@kopru/schema/events.ts';
import { Message } from './message.ts';

/** A message as events carry it, whole, so that nobody has to read it again. */
export const payloadOf = (message: Message, serverId: string | null): MessagePayload => ({
  id: message.id,
  channelId: message.channelId,
  serverId,
  authorId: message.authorId,
  content: message.content,
  nonce: message.nonce,
  replyToId: message.replyToId,
  createdAt: message.createdAt.toISOString(),
  editedAt: message.editedAt?.toISOString() ?? null,
});

export const messageOf = ({ serverId, createdAt, editedAt, ...rest }: MessagePayload): Message =>
  Object.assign(new Message(), {
    ...rest,
    createdAt: new Date(createdAt),
    editedAt: editedAt === null ? null : new Date(editedAt),
    deleted: false,
  });
