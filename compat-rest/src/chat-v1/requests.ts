import type { Viewer } from '@kopru/runtime/context.ts';
import { forbidden } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import type { LoginInput } from '@kopru/schema/operations/chat-v1.ts';
import { Refused } from '../failure.ts';
import type { Fields } from '../fields.ts';

/** Refuses to act for anybody but oneself. @throws FORBIDDEN */
export function onlySelf(userId: string, viewer: Viewer): void {
  if (userId !== viewer.userId) throw forbidden('This is for the user alone.', 'User');
}

/** Name or email, whichever was sent, and the password. */
export const credentials = (body: Fields): LoginInput => ({
  login: body.has('email') && !body.has('username') ? body.text('email') : body.text('username'),
  password: body.text('password'),
});

/** With whom to open a direct channel: oneself in the path and `recipient_id` in the body, or the other in the path. */
export function recipientOf(userId: string, body: Fields, viewer: Viewer): string {
  const recipientId = body.optionalMatch('recipient_id', 'the id of a user', isUuid);
  if (userId === viewer.userId) return recipientId ?? missing('recipient_id', 'the id of a user');
  if (recipientId !== undefined && recipientId !== userId) onlySelf(userId, viewer);
  return userId;
}

function missing(field: string, takes: string): never {
  throw new Refused({ kind: 'field', place: 'body', field, problem: 'missing', takes });
}
