import type { Delivery } from '@kopru/router/graph/graph.ts';
import type {
  InboxSubscription,
  MessageFieldsFragment,
  ThreadEventsSubscription,
} from '@kopru/schema/operations/support.ts';
import { contentOf, oncePerDelivery } from '../socket/frames.ts';
import type { Echo } from './echoes.ts';
import { chatError, messageError } from './errors.ts';
import { agentMessage, agentThread, message, note, notification, sender, visitorThread } from './shapes.ts';

/** An event as sockets are told of it. */
type Emission = readonly [event: string, data: object];

/** What a delivery comes to for those who listen. */
export interface News {
  readonly emissions: readonly Emission[];
  /** A message that whoever sent it is not told of. */
  readonly echo?: Echo;
  /** The message that it is about, for whoever sent that and nobody else. */
  readonly toSenderOf?: string;
  /** Something happened that cannot be told. */
  readonly failed?: string;
}

const nothing: News = { emissions: [] };
const told = (...emissions: readonly Emission[]): News => ({ emissions });

function sent({ id, threadId, sender, nonce }: MessageFieldsFragment, ...emissions: readonly Emission[]): News {
  return nonce === null ? { emissions } : { emissions, echo: { id, threadId, nonce, side: sender } };
}

/** What the visitors of a thread are told; made once for all their sockets. */
export const threadNews = oncePerDelivery((delivery): News => {
  return newsOf<ThreadEventsSubscription>(delivery, ({ supportThreadEvents: event }) => {
    switch (event.__typename) {
      case 'SupportMessageCreated':
        return sent(event.message, [
          event.message.sender === 'AGENT' ? 'message_from_admin' : 'message_from_visitor',
          message(event.message),
        ]);
      case 'SupportThreadUpdated':
        return told(['thread_updated', { thread: visitorThread(event.thread) }]);
      case 'SupportThreadCleared':
        return told(['messages_cleared', { thread_id: event.threadId }]);
      case 'SupportTypingStarted':
        return event.sender === 'AGENT'
          ? told(['typing', { thread_id: event.threadId, sender: sender(event.sender) }])
          : nothing;
      case 'SupportDeliveryFailed': {
        const about = { thread_id: event.threadId, message_id: event.messageId };
        const error = messageError(chatError('telegram_send_failed'));
        return { emissions: [['message_error', { ...error, ...about }]], toSenderOf: event.messageId };
      }
      case 'VisitorOnline':
        return nothing;
    }
  });
});

/** What agents are told; made once for all their sockets. */
export const inboxNews = oncePerDelivery((delivery): News => {
  return newsOf<InboxSubscription>(delivery, ({ supportInbox: event }) => {
    switch (event.__typename) {
      case 'SupportMessageCreated': {
        const row = agentMessage(event.message);
        // Whichever way an answer went, other admins hear of it as if it had come by Telegram.
        if (event.message.sender === 'AGENT') return sent(event.message, ['message_from_telegram', row]);
        const preview = notification(event.message, event.thread.displayName);
        return told(['message_from_visitor', row], ['new_message_notification', preview]);
      }
      case 'SupportThreadUpdated':
        return told(['thread_updated', { thread: agentThread(event.thread) }]);
      case 'SupportThreadCleared':
        return told(['messages_cleared', { thread_id: event.threadId }]);
      case 'SupportTypingStarted':
        return event.sender === 'VISITOR'
          ? told(['typing', { thread_id: event.threadId, sender: sender(event.sender) }])
          : nothing;
      case 'VisitorOnline':
        return told(['visitor_online', { thread_id: event.threadId }]);
      case 'SupportThreadStarted':
        return told(['thread_started', { thread: agentThread(event.thread) }]);
      case 'PrivateNoteAdded':
        return told(['note_added', { note: note(event.note) }]);
      case 'AllThreadsCleared':
        return told(['all_cleared', {}]);
      case 'SupportDeliveryFailed':
        return nothing;
    }
  });
});

function newsOf<Data>(delivery: Delivery, tell: (data: Data) => News): News {
  const content = contentOf<Data>(delivery);
  if (content.kind === 'failed') return { ...nothing, failed: content.reason };
  return content.kind === 'nothing' ? nothing : tell(content.data);
}
