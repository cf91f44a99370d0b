import { signal } from '@preact/signals';
import type { MessageRow } from '../wire/rows.ts';

/** The part of a conversation that the page has: its newest messages, without a gap, oldest first. */
export class MessageLog {
  readonly messages = signal<readonly MessageRow[]>([]);
  /** Asks for what is older; null where nothing is, undefined before the first page. */
  readonly before = signal<string | null | undefined>(undefined);

  /** A message that was just sent or heard. One that is there already is not there twice. */
  add(row: MessageRow): void {
    if (!this.has(row.id)) this.#set([...this.messages.value, row]);
  }

  has(id: string): boolean {
    return this.messages.value.some((message) => message.id === id);
  }

  /** The ids of what is here; noted when the newest page is asked for. */
  known(): ReadonlySet<string> {
    return new Set(this.messages.value.map(({ id }) => id));
  }

  /**
   * The newest page, as the server had it when it answered: what was cleared meanwhile goes, and what is older stays only where no gap lies between.
   * What came after it stays, too, where it was not `known` yet when the page was asked for.
   */
  newest(page: readonly MessageRow[], before: string | null, known = this.known()): void {
    const first = page[0];
    const last = page.at(-1)?.id ?? '';
    const older = first && this.has(first.id) ? this.messages.value.filter(({ id }) => id < first.id) : [];
    const since = this.messages.value.filter(({ id }) => id > last && !known.has(id));
    this.#set([...older, ...page, ...since]);
    if (older.length === 0) this.before.value = before;
  }

  /** The page before the oldest message that is here. */
  older(page: readonly MessageRow[], before: string | null): void {
    this.#set([...page.filter(({ id }) => !this.has(id)), ...this.messages.value]);
    this.before.value = before;
  }

  clear(): void {
    this.messages.value = [];
    this.before.value = null;
  }

  #set(messages: readonly MessageRow[]): void {
    // Ids ascend as the messages do, however late one of them comes.
    this.messages.value = messages.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }
}
