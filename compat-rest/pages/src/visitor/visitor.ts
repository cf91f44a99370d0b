import { effect, signal } from '@preact/signals';
import { Conversation } from '../chat/conversation.ts';
import { store, stored } from '../chat/storage.ts';
import { Connection } from '../wire/connection.ts';
import { Failure } from '../wire/failure.ts';
import type { MessageRow, Sender, VisitorThread } from '../wire/rows.ts';

/** How often a visitor says that they are here, in milliseconds. */
const heartbeatEvery = 30_000;
/** How long a start waits for the connection, in milliseconds. */
const startWithin = 15_000;

interface Joined {
  readonly thread_id: string;
  readonly thread: VisitorThread;
}
type OfThread<More = unknown> = { readonly thread_id: string } & More;

/** Somebody who asks. Whoever knows the id of their thread is them, so the browser keeps it. */
export class Visitor {
  readonly connection = new Connection();
  readonly conversation = signal<Conversation<VisitorThread> | null>(null);
  readonly thread = signal<VisitorThread | null>(null);
  /** Their thread was deleted. */
  readonly gone = signal(false);

  constructor() {
    this.connection.on<MessageRow>('message_from_admin', (row) => this.#ofThread(row)?.hear(row));
    this.connection.on<MessageRow>('message_from_visitor', (row) => this.#ofThread(row)?.hear(row));
    this.connection.on<OfThread<{ sender: Sender }>>('typing', (data) => {
      if (data.sender === 'admin') this.#ofThread(data)?.typing.hear();
    });
    this.connection.on<{ thread: VisitorThread }>('thread_updated', ({ thread }) => this.#update(thread));
    this.connection.on<OfThread>('messages_cleared', (data) => this.#ofThread(data)?.log.clear());
    this.connection.on<OfThread>('rejoin_failed', (data) => {
      if (this.#ofThread(data)) this.#forget();
    });
    window.addEventListener('storage', ({ key, newValue }) => {
      // Another tab began a conversation: it is this one's, too.
      if (key?.endsWith('.thread') && newValue && !this.conversation.value) this.#open(newValue);
    });
    setInterval(() => this.#heartbeat(), heartbeatEvery);
  }

  /** Goes on where the browser was before; a visitor without a thread needs no connection. */
  resume(): void {
    const threadId = stored('thread');
    if (threadId) this.#open(threadId);
  }

  /** Begins a thread with its first message. @throws {Failure} */
  async start(name: string, text: string): Promise<void> {
    this.connection.open(() => this.#introduce());
    await this.#ready();
    const { thread_id, thread } = await this.connection.ask<Joined>('join', { display_name: name });
    store('thread', thread_id);
    store('name', name);
    this.gone.value = false;
    this.thread.value = thread;
    const conversation = new Conversation<VisitorThread>(this.connection, thread_id, 'visitor');
    conversation.log.newest([], null);
    this.conversation.value = conversation;
    conversation.outbox.addText(text);
    this.#heartbeat();
  }

  #open(threadId: string): void {
    this.conversation.value = new Conversation(this.connection, threadId, 'visitor');
    this.connection.open(() => this.#introduce());
  }

  /** On every connection. */
  async #introduce(): Promise<void> {
    const conversation = this.conversation.value;
    if (!conversation) return;
    try {
      await this.connection.ask<Joined>('rejoin', { thread_id: conversation.threadId });
      this.#update(await conversation.refresh());
      this.#heartbeat();
    } catch (error) {
      if (error instanceof Failure && !error.passing) this.#forget();
      else throw error;
    }
  }

  #ready(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => reject(new Failure('away')), startWithin);
    const stop = effect(() => {
      if (this.connection.state.value === 'ready') resolve();
    });
    return promise.finally(() => {
      clearTimeout(timer);
      stop();
    });
  }

  #heartbeat(): void {
    const conversation = this.conversation.value;
    if (conversation) this.connection.tell('heartbeat', { thread_id: conversation.threadId });
  }

  #update(thread: VisitorThread): void {
    const conversation = this.#ofThread(thread);
    if (!conversation) return;
    this.thread.value = thread;
    conversation.mark(thread);
  }

  /** The thread is gone. What was not sent yet becomes the first question of the next one. */
  #forget(): void {
    const drafts = this.conversation.value?.outbox.drafts.value ?? [];
    const unsent = drafts.flatMap(({ text }) => text ?? []);
    if (unsent.length > 0) store('first', unsent.join('\n'));
    for (const { nonce } of drafts) this.conversation.value?.outbox.discard(nonce);
    store('thread', null);
    this.conversation.value = null;
    this.thread.value = null;
    this.gone.value = true;
  }

  #ofThread({ thread_id }: OfThread): Conversation<VisitorThread> | null {
    const conversation = this.conversation.value;
    return conversation?.threadId === thread_id ? conversation : null;
  }
}
