import { signal } from '@preact/signals';
import type { Connection } from '../wire/connection.ts';
import type { NoteRow } from '../wire/rows.ts';

/** The private notes of the open thread. */
export class Notes {
  /** Whose notes are shown; null where none are. */
  readonly threadId = signal<string | null>(null);
  readonly rows = signal<readonly NoteRow[]>([]);
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on<{ note: NoteRow }>('note_added', ({ note }) => this.#add(note));
  }

  /** @throws {Failure} */
  async open(threadId: string): Promise<void> {
    this.rows.value = [];
    this.threadId.value = threadId;
    const { notes } = await this.#connection.ask<{ notes: NoteRow[] }>('notes', { thread_id: threadId });
    if (this.threadId.value === threadId) this.rows.value = notes;
  }

  close(): void {
    this.threadId.value = null;
  }

  /** @throws {Failure} */
  async write(threadId: string, text: string): Promise<void> {
    const { note } = await this.#connection.ask<{ note: NoteRow }>('add_note', { thread_id: threadId, text });
    this.#add(note);
  }

  #add(note: NoteRow): void {
    if (note.thread_id !== this.threadId.value || this.rows.value.some(({ id }) => id === note.id)) return;
    this.rows.value = [...this.rows.value, note];
  }
}
