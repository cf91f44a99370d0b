import { isUuid } from '@kopru/runtime/ids.ts';
import { type PresenceStatus, SetPresence, StartTyping } from '@kopru/schema/operations/chat-v1.ts';
import type { Run } from '../operation.ts';
import { field } from '../socket/json.ts';

/** What a client's frame asks the graph to do; null where its body cannot be read. */
export type Action = ((run: Run) => Promise<unknown>) | null;

/** `offline` hides the user while they are connected. */
const statuses: ReadonlyMap<unknown, PresenceStatus> = new Map([
  ['online', 'ONLINE'],
  ['idle', 'IDLE'],
  ['dnd', 'DND'],
  ['offline', 'OFFLINE'],
]);

/** op 40 `{status, custom_status?}`; null takes the custom status away. */
export function presenceUpdate(d: unknown): Action {
  const status = statuses.get(field(d, 'status'));
  const customStatus = field(d, 'custom_status');
  if (!status || (typeof customStatus !== 'string' && customStatus !== null && customStatus !== undefined)) return null;
  return (run) => run(SetPresence, { input: { status, customStatus } });
}

/** op 50 `{channel_id}`. */
export function typingStart(d: unknown): Action {
  const channelId = field(d, 'channel_id');
  if (!isUuid(channelId)) return null;
  return (run) => run(StartTyping, { input: { channelId } });
}
