import type {
  AccountFieldsFragment,
  AgentMessageFieldsFragment,
  AgentThreadFieldsFragment,
  MessageFieldsFragment,
  NoteFieldsFragment,
  PersonFieldsFragment,
  VisitorThreadFieldsFragment,
} from '@kopru/schema/operations/support.ts';
import { turkishTime, turkishTimeOrNull } from './times.ts';

/** GraphQL → the support chat. The document's keys come first; those after them are additions. */

/** How the document calls the two sides. */
export const sender = (side: MessageFieldsFragment['sender']) => (side === 'VISITOR' ? 'visitor' : 'admin');

/** A message as a visitor reads it. */
export const message = (row: MessageFieldsFragment) => ({
  id: row.id,
  thread_id: row.threadId,
  sender: sender(row.sender),
  type: row.type.toLowerCase(),
  content_text: row.text,
  file_path: row.fileUrl,
  created_at: turkishTime(row.createdAt),
  nonce: row.nonce,
});

/** A message as agents read it: with who of them wrote it. */
export const agentMessage = (row: AgentMessageFieldsFragment) => ({
  ...message(row),
  author: row.author && person(row.author),
});

/** A thread as its visitor sees it. */
export const visitorThread = (thread: VisitorThreadFieldsFragment) => ({
  thread_id: thread.id,
  display_name: thread.displayName,
  status: thread.status.toLowerCase(),
  unread: thread.unreadCount,
  visitor_seen_message_id: thread.visitorSeenMessageId,
  agents_seen_message_id: thread.agentsSeenMessageId,
});

/** A thread as agents see it, and as `GET /api/threads` lists it. */
export const agentThread = (thread: AgentThreadFieldsFragment) => ({
  id: thread.id,
  display_name: thread.displayName,
  created_at: turkishTime(thread.createdAt),
  last_activity_at: turkishTime(thread.lastActivityAt),
  last_message: thread.lastMessage?.text ?? null,
  last_message_time: turkishTimeOrNull(thread.lastMessageAt),
  status: thread.status.toLowerCase(),
  origin: thread.origin.toLowerCase(),
  unread: thread.unreadCount,
  last_message_type: thread.lastMessage?.type.toLowerCase() ?? null,
  last_message_sender: thread.lastMessage ? sender(thread.lastMessage.sender) : null,
  visitor_seen_message_id: thread.visitorSeenMessageId,
  agents_seen_message_id: thread.agentsSeenMessageId,
  assignee: thread.assignee && person(thread.assignee),
  account: thread.account && account(thread.account),
});

export const note = (row: NoteFieldsFragment) => ({
  id: row.id,
  thread_id: row.threadId,
  text: row.text,
  author: row.author && person(row.author),
  created_at: turkishTime(row.createdAt),
});

export const account = (user: AccountFieldsFragment) => ({
  id: user.id,
  username: user.username,
  display_name: user.displayName,
});

const person = (user: PersonFieldsFragment) => ({ id: user.id, display_name: user.displayName });

/** The longest part of a message that a notification shows, in characters. */
const previewLength = 50;

/** What admins are shown of a message that came while they were looking elsewhere. */
export function notification(row: MessageFieldsFragment, displayName: string) {
  const characters = [...(row.text ?? '')];
  const preview = characters.slice(0, previewLength).join('');
  return {
    thread_id: row.threadId,
    display_name: displayName,
    message_preview: preview === '' ? 'Medya mesajı' : characters.length > previewLength ? `${preview}...` : preview,
    timestamp: turkishTime(row.createdAt),
  };
}
