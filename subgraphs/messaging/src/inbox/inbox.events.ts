import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { EventType, KopruEvent } from '@kopru/schema/events.ts';
import { Channel } from '../references/channel.ts';
import { SupportThread } from '../references/support-thread.ts';

type Subject = Channel | SupportThread;
type Of<Type extends EventType> = Extract<KopruEvent, { type: Type }>['payload'];

/** Where something to read came or went, for each event after which that may be so. */
const subjects = {
  'message.created': ({ message }: Of<'message.created'>) => new Channel(message.channelId),
  'message.deleted': ({ channelId }: Of<'message.deleted'>) => new Channel(channelId),
  'read-state.changed': ({ channelId }: Of<'read-state.changed'>) => new Channel(channelId),
  'support-message.created': ({ thread }: Of<'support-message.created'>) => new SupportThread(thread.id),
  'support-thread.updated': ({ thread }: Of<'support-thread.updated'>) => new SupportThread(thread.id),
  'support-thread.cleared': ({ threadId }: Of<'support-thread.cleared'>) => new SupportThread(threadId),
} satisfies { readonly [Type in EventType]?: (payload: Of<Type>) => Subject };

export const inboxEventTypes = Object.keys(subjects) as readonly EventType[];

/** The place that an event is about. Only types that were granted come here. */
export function subjectOf({ type, payload }: LogEvent): Subject {
  const subject = subjects[type as keyof typeof subjects];
  if (!subject) throw new Error(`${type} is not an event of the inbox.`);
  return subject(payload as never);
}
