import { computed, effect, signal } from '@preact/signals';
import type { Connection } from '../wire/connection.ts';
import { Failure, failureOf } from '../wire/failure.ts';
import type { HistoryPage, MessageRow, Sender } from '../wire/rows.ts';
import { upload } from '../wire/upload.ts';
import { keptDrafts } from './kept-drafts.ts';
import { MessageLog } from './log.ts';
import { Outbox } from './outbox.ts';
import { Typing } from './typing.ts';

/** What either side's row of a thread says of who saw what. */
export interface SeenMarks {
  readonly visitor_seen_message_id: string | null;
  readonly agents_seen_message_id: string | null;
}

/** What a conversation needs of the connection. */
type Line = Pick<Connection, 'state' | 'ask' | 'tell'>;

const newer = (one: string | null, other: string | null): string | null => ((one ?? '') > (other ?? '') ? one : other);

/** One thread as one side of it sees it: what was said, what is on its way, and who has seen it. */
export class Conversation<Thread extends SeenMarks> {
  readonly threadId: string;
  readonly me: Sender;
  readonly log = new MessageLog();
  readonly outbox: Outbox;
  readonly typing: Typing;
  readonly loading = signal(false);
  /** The newest message that each side has seen. */
  readonly #seen = { visitor: signal<string | null>(null), admin: signal<string | null>(null) };
  readonly #connection: Line;
  #marking: string | null = null;

  readonly unread = computed(() => {
    const seen = this.#seen[this.me].value ?? '';
    return this.log.messages.value.filter(({ id, sender }) => sender !== this.me && id > seen).length;
  });

  constructor(connection: Line, threadId: string, me: Sender) {
    this.#connection = connection;
    this.threadId = threadId;
    this.me = me;
    this.typing = new Typing(() => connection.tell('typing', { thread_id: threadId }));
    this.outbox = new Outbox({
      send: async ({ type, text, fileUrl, nonce }) => {
        if (!this.ready) throw new Failure('away');
        const body = type === 'text' ? { text } : { file_url: fileUrl };
        const event = me === 'visitor' ? 'message_to_admin' : 'message_to_visitor';
        const data = { thread_id: threadId, type, ...body, nonce };
        return (await connection.ask<{ message: MessageRow }>(event, data)).message;
      },
      upload: ({ type, file }, progress, abort) => upload(type === 'audio' ? 'audio' : 'image', file, progress, abort),
      sent: (row) => this.log.add(row),
      keep: keptDrafts(me, threadId),
    });
    effect(() => {
      if (this.ready) void this.outbox.flush();
    });
  }

  /** Whether the server hears us now. */
  get ready(): boolean {
    return this.#connection.state.value === 'ready';
  }

  /** The newest message that the other side has seen. */
  get seenByOther(): string | null {
    return this.#seen[this.me === 'visitor' ? 'admin' : 'visitor'].value;
  }

  /** Reads the newest page; called on each connection. @throws {Failure} */
  async refresh(): Promise<Thread> {
    const known = this.log.known();
    const page = await this.#page();
    this.log.newest(page.messages, page.before, known);
    this.outbox.settle(page.messages);
    this.mark(page.thread);
    return page.thread;
  }

  /** Reads the page before what is here. What fails can be asked for again. */
  async loadOlder(): Promise<void> {
    const before = this.log.before.value;
    if (!before || this.loading.value) return;
    this.loading.value = true;
    try {
      const page = await this.#page(before);
      this.log.older(page.messages, page.before);
    } catch (error) {
      failureOf(error);
    } finally {
      this.loading.value = false;
    }
  }

  hear(row: MessageRow): void {
    this.log.add(row);
    this.outbox.settle([row]);
    if (row.sender !== this.me) this.typing.stop();
  }

  /** Marks never go back: an older row may come late. */
  mark({ visitor_seen_message_id, agents_seen_message_id }: SeenMarks): void {
    this.#seen.visitor.value = newer(visitor_seen_message_id, this.#seen.visitor.value);
    this.#seen.admin.value = newer(agents_seen_message_id, this.#seen.admin.value);
  }

  /** The reader has everything in view. */
  async seeAll(): Promise<void> {
    const last = this.log.messages.value.findLast(({ sender }) => sender !== this.me);
    if (!last || last.id <= (this.#seen[this.me].value ?? '') || last.id <= (this.#marking ?? '')) return;
    this.#marking = last.id;
    try {
      const data = { thread_id: this.threadId, message_id: last.id };
      this.mark((await this.#connection.ask<{ thread: Thread }>('seen', data)).thread);
    } catch (error) {
      failureOf(error);
    } finally {
      this.#marking = null;
    }
  }

  #page(before?: string): Promise<HistoryPage<Thread>> {
    const data = { thread_id: this.threadId, limit: 50, ...(before ? { before } : {}) };
    return this.#connection.ask<HistoryPage<Thread>>('history', data);
  }
}
