import { computed, effect, signal } from '@preact/signals';
import { Conversation } from '../chat/conversation.ts';
import { inView } from '../chat/in-view.ts';
import { keptDrafts } from '../chat/kept-drafts.ts';
import { Connection } from '../wire/connection.ts';
import { Failure } from '../wire/failure.ts';
import { call } from '../wire/http.ts';
import type { AgentThread, HistoryPage, MessageRow, Person, Sender, Status } from '../wire/rows.ts';
import { Notes } from './notes.ts';
import { Threads } from './threads.ts';

type OfThread<More = unknown> = { readonly thread_id: string } & More;

/** The desk of an agent: every thread, and the one that is open. */
export class Desk {
  readonly connection = new Connection();
  readonly threads = new Threads();
  readonly notes = new Notes(this.connection);
  readonly me = signal<Person | null>(null);
  /** The last thing asked for did not work. */
  readonly failed = signal(false);
  /** The id of the open thread; the address has it, so that the browser's own "back" works. */
  readonly selected = signal<string | null>(null);
  readonly #conversations = new Map<string, Conversation<AgentThread>>();

  readonly conversation = computed(() => (this.selected.value ? this.#conversationOf(this.selected.value) : null));
  readonly thread = computed(() => (this.selected.value ? this.threads.get(this.selected.value) : undefined));

  constructor() {
    const { connection, threads } = this;
    connection.on<MessageRow>('message_from_visitor', (row) => this.#hear(row));
    connection.on<MessageRow>('message_from_telegram', (row) => this.#hear(row));
    connection.on<OfThread<{ sender: Sender }>>('typing', ({ thread_id, sender }) => {
      if (sender === 'visitor') this.#conversations.get(thread_id)?.typing.hear();
    });
    connection.on<OfThread>('visitor_online', ({ thread_id }) => threads.heard(thread_id));
    connection.on<{ thread: AgentThread }>('thread_started', ({ thread }) => {
      threads.put(thread);
      threads.heard(thread.id);
    });
    connection.on<{ thread: AgentThread }>('thread_updated', ({ thread }) => this.#update(thread));
    connection.on<OfThread>('messages_cleared', ({ thread_id }) => this.#cleared(thread_id));
    connection.on('all_cleared', () => this.#allCleared());
    connection.on<{ type: string }>('message_error', ({ type }) => {
      if (type === 'unauthorized') this.leave();
    });
    const follow = () => this.#follow(location.hash.slice(1) || null);
    window.addEventListener('hashchange', follow);
    follow();
    let filter = threads.filter.value;
    effect(() => {
      if (filter === threads.filter.value) return;
      filter = threads.filter.value;
      void this.try(() => threads.load());
    });
  }

  open(): void {
    this.connection.open(async () => {
      try {
        const { agent } = await this.connection.ask<{ agent: Person }>('admin_join');
        this.me.value = agent;
        for (const { id } of await this.threads.load())
          if (keptDrafts('admin', id).read().length > 0) this.#conversationOf(id);
        await this.#refresh();
      } catch (error) {
        if (error instanceof Failure && error.type === 'unauthorized') this.leave();
        else throw error;
      }
    });
  }

  /** Opens a thread, or none. */
  select(id: string | null): void {
    location.hash = id ?? '';
  }

  /** The session has ended. */
  leave(): void {
    this.connection.close();
    location.assign('/login');
  }

  assign(threadId: string, assigneeId: string | null): Promise<boolean> {
    return this.#change('assign', { thread_id: threadId, assignee_id: assigneeId });
  }

  setStatus(threadId: string, status: Status): Promise<boolean> {
    return this.#change('set_status', { thread_id: threadId, status });
  }

  clear(threadId: string): Promise<boolean> {
    return this.try(async () => {
      await post(`/api/messages/clear?${new URLSearchParams({ thread_id: threadId })}`);
      this.#cleared(threadId);
    });
  }

  clearAll(): Promise<boolean> {
    return this.try(async () => {
      await post('/api/messages/clear_all');
      this.#allCleared();
    });
  }

  /** Says in `failed` whether something worked. */
  async try(work: () => Promise<unknown>): Promise<boolean> {
    this.failed.value = false;
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.type === 'unauthorized') this.leave();
      this.failed.value = true;
      return false;
    }
  }

  #change(event: string, data: object): Promise<boolean> {
    return this.try(async () => this.#update((await this.connection.ask<{ thread: AgentThread }>(event, data)).thread));
  }

  #follow(id: string | null): void {
    this.selected.value = id;
    this.notes.close();
    if (this.connection.state.value === 'ready') void this.try(() => this.#refresh());
  }

  /** Reads the open thread; one that is gone is not open any more. */
  async #refresh(): Promise<void> {
    const conversation = this.conversation.value;
    if (!conversation) return;
    try {
      this.#update(await conversation.refresh());
    } catch (error) {
      if (!(error instanceof Failure) || error.passing) throw error;
      this.select(null);
    }
  }

  #hear(row: MessageRow): void {
    this.#conversations.get(row.thread_id)?.hear(row);
    if (row.sender === 'visitor') this.threads.heard(row.thread_id);
    const seen = row.thread_id === this.selected.value && inView();
    // A thread that the list has not come to yet.
    if (!this.threads.spoke(row, seen)) void this.try(() => this.#meet(row.thread_id));
  }

  async #meet(threadId: string): Promise<void> {
    const data = { thread_id: threadId, limit: 1 };
    this.threads.put((await this.connection.ask<HistoryPage<AgentThread>>('history', data)).thread);
  }

  #update(thread: AgentThread): void {
    this.threads.put(thread);
    this.#conversations.get(thread.id)?.mark(thread);
  }

  #cleared(threadId: string): void {
    this.#conversations.get(threadId)?.log.clear();
    const nothing = { last_message: null, last_message_time: null, last_message_type: null, last_message_sender: null };
    this.threads.change(threadId, { ...nothing, unread: 0 });
  }

  #allCleared(): void {
    this.threads.clear();
    this.#conversations.clear();
    this.select(null);
  }

  #conversationOf(id: string): Conversation<AgentThread> {
    const known = this.#conversations.get(id);
    if (known) return known;
    const conversation = new Conversation<AgentThread>(this.connection, id, 'admin');
    this.#conversations.set(id, conversation);
    return conversation;
  }
}

async function post(path: string): Promise<void> {
  const response = await call(path, { method: 'POST' });
  if (!response.ok) throw new Failure('db_save_failed');
}
