/** What the server sends, as it names it. Times are naive, in UTC+3. */

export type Sender = 'visitor' | 'admin';
export type MessageType = 'text' | 'image' | 'audio';
export type Status = 'open' | 'pending' | 'resolved';

export interface Person {
  readonly id: string;
  readonly display_name: string;
}

export interface MessageRow {
  readonly id: string;
  readonly thread_id: string;
  readonly sender: Sender;
  readonly type: MessageType;
  readonly content_text: string | null;
  readonly file_path: string | null;
  readonly created_at: string;
  readonly nonce?: string | null;
  /** The agent who wrote it; told to agents alone. */
  readonly author?: Person | null;
}

/** What both sides know of a thread. */
interface ThreadRow {
  readonly display_name: string;
  readonly status: Status;
  /** Messages of the other side that this one has not seen. */
  readonly unread: number;
  readonly visitor_seen_message_id: string | null;
  readonly agents_seen_message_id: string | null;
}

export interface VisitorThread extends ThreadRow {
  readonly thread_id: string;
}

export interface AgentThread extends ThreadRow {
  readonly id: string;
  readonly created_at: string;
  /** When the visitor was last heard of. */
  readonly last_activity_at: string;
  readonly last_message: string | null;
  readonly last_message_time: string | null;
  readonly last_message_type: MessageType | null;
  readonly last_message_sender: Sender | null;
  readonly origin: 'web' | 'telegram';
  readonly assignee: Person | null;
  readonly account: (Person & { readonly username: string }) | null;
}

export interface NoteRow {
  readonly id: string;
  readonly thread_id: string;
  readonly text: string;
  readonly author: Person | null;
  readonly created_at: string;
}

/** A page of a conversation, oldest first. */
export interface HistoryPage<Thread> {
  readonly thread: Thread;
  readonly messages: readonly MessageRow[];
  /** Asks for the page before this one; null where nothing is older. */
  readonly before: string | null;
}
