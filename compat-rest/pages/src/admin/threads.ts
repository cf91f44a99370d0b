import { computed, signal } from '@preact/signals';
import { wordsOf } from '../chat/words.ts';
import { call } from '../wire/http.ts';
import type { AgentThread, MessageRow, Status } from '../wire/rows.ts';
import { momentOf } from '../wire/time.ts';
import { now, onlineFor } from './clock.ts';

export type Filter = 'all' | Status;

/** The threads that the desk knows, and which of them it lists. */
export class Threads {
  readonly filter = signal<Filter>('all');
  readonly search = signal('');
  readonly onlyUnread = signal(false);
  /** Asks for more of this filter; null where there is no more. */
  readonly cursor = signal<string | null>(null);
  readonly loaded = signal(false);
  readonly #rows = signal<ReadonlyMap<string, AgentThread>>(new Map());
  /** When each visitor was last heard of, by this browser's clock. */
  readonly #heard = signal<ReadonlyMap<string, number>>(new Map());
  #load = 0;
  /** What was told of while a list was on its way, which may be older. */
  readonly #told = new Set<string>();

  /** Newest last message first, threads without one last. */
  readonly listed = computed(() => {
    const words = this.search.value.trim().toLocaleLowerCase();
    return [...this.#rows.value.values()]
      .filter(({ status }) => this.filter.value === 'all' || status === this.filter.value)
      .filter((thread) => words === '' || searched(thread).includes(words))
      .sort((one, other) => sortKey(other).localeCompare(sortKey(one)));
  });
  readonly unread = computed(() => [...this.#rows.value.values()].reduce((sum, { unread }) => sum + unread, 0));

  get(id: string): AgentThread | undefined {
    return this.#rows.value.get(id);
  }

  isOnline(id: string): boolean {
    return now.value - (this.#heard.value.get(id) ?? 0) < onlineFor;
  }

  /** Reads the list anew, or what follows of it. @throws {Failure} */
  async load(cursor?: string): Promise<readonly AgentThread[]> {
    this.#load += 1;
    const load = this.#load;
    this.#told.clear();
    const query = new URLSearchParams({ limit: '50' });
    if (this.filter.value !== 'all') query.set('status', this.filter.value);
    if (cursor) query.set('cursor', cursor);
    const response = await call(`/api/threads?${query}`);
    const rows = (await response.json()) as AgentThread[];
    // Another filter was chosen meanwhile.
    if (load !== this.#load) return [];
    const ahead = Date.now() - Date.parse(response.headers.get('date') ?? new Date().toUTCString());
    const heard = new Map(this.#heard.value);
    for (const { id, last_activity_at } of rows) heard.set(id, momentOf(last_activity_at).getTime() + ahead);
    this.#heard.value = heard;
    this.cursor.value = response.headers.get('x-next-cursor');
    // A list of all there is says what is gone, too.
    const isAll = !cursor && this.filter.value === 'all' && this.cursor.value === null;
    const kept = [...this.#rows.value].filter(([id]) => !isAll || this.#told.has(id));
    const fresh = rows.filter(({ id }) => !this.#told.has(id)).map((row) => [row.id, row] as const);
    this.#rows.value = new Map([...kept, ...fresh]);
    this.loaded.value = true;
    return rows;
  }

  put(thread: AgentThread): void {
    this.#told.add(thread.id);
    this.#rows.value = new Map(this.#rows.value).set(thread.id, thread);
  }

  change(id: string, change: Partial<AgentThread>): void {
    const thread = this.get(id);
    if (thread) this.put({ ...thread, ...change });
  }

  heard(id: string): void {
    this.#heard.value = new Map(this.#heard.value).set(id, Date.now());
  }

  /** A message is the thread's last; `seen` where it is seen as it comes. False where the thread is not known. */
  spoke(row: MessageRow, seen: boolean): boolean {
    const thread = this.get(row.thread_id);
    if (!thread) return false;
    this.put({
      ...thread,
      last_message: row.content_text,
      last_message_time: row.created_at,
      last_message_type: row.type,
      last_message_sender: row.sender,
      unread: row.sender === 'visitor' && !seen ? thread.unread + 1 : thread.unread,
    });
    return true;
  }

  clear(): void {
    this.#rows.value = new Map();
    this.cursor.value = null;
  }
}

const sortKey = ({ last_message_time, created_at }: AgentThread): string =>
  last_message_time ? `1 ${last_message_time}` : `0 ${created_at}`;

const searched = ({ display_name, last_message, account }: AgentThread): string =>
  `${display_name} ${last_message ?? ''} ${account?.username ?? ''}`.toLocaleLowerCase();

/** What a list says of a thread's last message; null where there is none. */
export function previewOf({ last_message, last_message_type }: AgentThread): string | null {
  return last_message_type ? wordsOf({ type: last_message_type, content_text: last_message }) : last_message;
}
