import type { LogEvent } from '@kopru/runtime/events/event.ts';
import type { EventType, KopruEvent } from '@kopru/schema/events.ts';
import { createUnionType } from 'type-graphql';
import { messageOf } from '../message/message.payload.ts';
import { PrivateNote } from '../note/note.ts';
import { threadOf } from '../thread/thread.payload.ts';
import {
  AllThreadsCleared,
  PrivateNoteAdded,
  SupportDeliveryFailed,
  SupportMessageCreated,
  SupportThreadCleared,
  SupportThreadStarted,
  SupportThreadUpdated,
  SupportTypingStarted,
  VisitorOnline,
} from './thread.events.ts';

type Of<Type extends EventType> = Extract<KopruEvent, { type: Type }>['payload'];
type Makers = { readonly [Type in Extract<EventType, `support-${string}`>]: (payload: Of<Type>) => object };

const make = <T extends object>(type: new () => T, fields: T): T => Object.assign(new type(), fields);

/** What an event is in the graph. The payload says it all; nothing is read for it here. */
const inThreads = {
  'support-message.created': ({ message, thread }: Of<'support-message.created'>) =>
    make(SupportMessageCreated, { threadId: thread.id, message: messageOf(message), thread: threadOf(thread) }),
  'support-thread.updated': ({ thread }: Of<'support-thread.updated'>) =>
    make(SupportThreadUpdated, { threadId: thread.id, thread: threadOf(thread) }),
  'support-thread.cleared': ({ threadId }: Of<'support-thread.cleared'>) => make(SupportThreadCleared, { threadId }),
  'support-typing.started': ({ threadId, sender }: Of<'support-typing.started'>) =>
    make(SupportTypingStarted, { threadId, sender }),
  'support-visitor.online': ({ threadId, at }: Of<'support-visitor.online'>) =>
    make(VisitorOnline, { threadId, at: new Date(at) }),
  'support-delivery.failed': ({ threadId, messageId }: Of<'support-delivery.failed'>) =>
    make(SupportDeliveryFailed, { threadId, messageId }),
} satisfies Partial<Makers>;

const makers: Makers = {
  ...inThreads,
  'support-thread.started': ({ thread }) =>
    make(SupportThreadStarted, { threadId: thread.id, thread: threadOf(thread) }),
  'support-note.added': ({ note }) =>
    make(PrivateNoteAdded, {
      threadId: note.threadId,
      note: Object.assign(new PrivateNote(), { ...note, createdAt: new Date(note.createdAt) }),
    }),
  'support-threads.cleared': ({ count }) => make(AllThreadsCleared, { count }),
};

export const threadEventTypes = Object.keys(inThreads) as readonly EventType[];
export const inboxEventTypes = Object.keys(makers) as readonly EventType[];

/** The event as an object of the graph. Only types that were granted come here. */
export function feedEvent<Event extends object>({ type, payload }: LogEvent): Event {
  const maker = makers[type as keyof Makers];
  if (!maker) throw new Error(`${type} is not an event of the support chat.`);
  return maker(payload as never) as Event;
}

export const SupportThreadEvent = createUnionType({
  name: 'SupportThreadEvent',
  description: 'Something that happened in a support thread.',
  types: () =>
    [
      SupportMessageCreated,
      SupportThreadUpdated,
      SupportThreadCleared,
      SupportTypingStarted,
      VisitorOnline,
      SupportDeliveryFailed,
    ] as const,
});

export const SupportInboxEvent = createUnionType({
  name: 'SupportInboxEvent',
  description: 'Something that concerns the support agents.',
  types: () =>
    [
      SupportThreadStarted,
      SupportMessageCreated,
      SupportThreadUpdated,
      SupportThreadCleared,
      SupportTypingStarted,
      VisitorOnline,
      SupportDeliveryFailed,
      PrivateNoteAdded,
      AllThreadsCleared,
    ] as const,
});
