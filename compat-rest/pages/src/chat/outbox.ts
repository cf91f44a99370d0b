import { signal } from '@preact/signals';
import { Failure } from '../wire/failure.ts';
import type { MessageRow } from '../wire/rows.ts';
import { FileRefused } from '../wire/upload.ts';
import { type Draft, fileDraft, readDraft, textDraft, writeDraft } from './draft.ts';
import type { KeptDrafts } from './kept-drafts.ts';
import { newNonce } from './nonce.ts';

/** How an outbox reaches the server, and where it keeps what it could not send. */
export interface OutboxGround {
  /** @throws {Failure} */
  readonly send: (draft: Draft) => Promise<MessageRow>;
  /** @throws {Failure | FileRefused} */
  readonly upload: (
    draft: Draft & { file: Blob },
    progress: (part: number) => void,
    abort: AbortSignal,
  ) => Promise<string>;
  readonly sent: (row: MessageRow) => void;
  readonly keep: KeptDrafts;
}

/** Where the server was busy and did not say until when, in milliseconds. */
const usualWait = 5_000;

/** The messages of a conversation that are on their way: one after another, in order, until each is stored once. */
export class Outbox {
  readonly drafts = signal<readonly Draft[]>([]);
  readonly #ground: OutboxGround;
  #running = false;
  #uploading: { readonly nonce: string; readonly abort: AbortController } | undefined;
  /** What we know to be kept, by nonce. */
  readonly #kept = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ground: OutboxGround) {
    this.#ground = ground;
    const kept = ground.keep.read().map((text) => ({ text, draft: readDraft(text) }));
    for (const { text, draft } of kept) this.#kept.set(draft.nonce, text);
    this.drafts.value = kept.map(({ draft }) => draft).toSorted((one, other) => one.at - other.at);
  }

  addText(text: string): void {
    this.#add(textDraft(newNonce(), text));
  }

  addFile(type: 'image' | 'audio', file: Blob): void {
    this.#add(fileDraft(newNonce(), type, file));
  }

  /** Tries a message again that failed. */
  retry(nonce: string): void {
    this.#change(nonce, { state: 'waiting', problem: null });
    void this.flush();
  }

  discard(nonce: string): void {
    if (this.#uploading?.nonce === nonce) this.#uploading.abort.abort();
    this.#set(this.drafts.value.filter((draft) => draft.nonce !== nonce));
  }

  /** Forgets what turns out to be stored: its answer was lost, or another tab sent it. */
  settle(rows: readonly MessageRow[]): void {
    const stored = new Set(rows.map(({ nonce }) => nonce));
    if (this.drafts.value.some(({ nonce }) => stored.has(nonce)))
      this.#set(this.drafts.value.filter(({ nonce }) => !stored.has(nonce)));
  }

  /** Sends what waits; called whenever the connection is ready. */
  async flush(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#timer);
    try {
      for (let draft = this.#next(); draft; draft = this.#next()) if (!(await this.#deliver(draft))) return;
    } finally {
      this.#running = false;
    }
  }

  #has(nonce: string): boolean {
    return this.drafts.value.some((draft) => draft.nonce === nonce);
  }

  #next(): Draft | undefined {
    return this.drafts.value.find(({ state }) => state !== 'failed');
  }

  /** False where the rest must wait too. */
  async #deliver(draft: Draft): Promise<boolean> {
    const { nonce } = draft;
    try {
      const fileUrl = await this.#uploaded(draft);
      // Discarded while its file went up.
      if (!this.#has(nonce)) return true;
      this.#change(nonce, { fileUrl, state: 'sending', problem: null });
      const row = await this.#ground.send({ ...draft, fileUrl });
      this.#ground.sent(row);
      this.discard(nonce);
      return true;
    } catch (error) {
      if (error instanceof FileRefused) this.#change(nonce, { state: 'failed', problem: error.reason });
      else if (!(error instanceof Failure)) throw error;
      else if (!error.passing) this.#change(nonce, { state: 'failed', problem: 'refused' });
      // What is discarded or settled meanwhile holds nothing up.
      else if (this.#has(nonce)) return this.#wait(nonce, error);
      return true;
    }
  }

  /** Without a connection the next one flushes; else the clock does. */
  #wait(nonce: string, { type, retryAfter }: Failure): false {
    this.#change(nonce, { state: 'waiting', problem: type === 'rate_limit_exceeded' ? 'busy' : null });
    this.#timer = setTimeout(() => void this.flush(), retryAfter ?? usualWait);
    return false;
  }

  async #uploaded(draft: Draft): Promise<string | null> {
    const { nonce, file, fileUrl } = draft;
    if (!file || fileUrl !== null) return fileUrl;
    this.#change(nonce, { state: 'uploading', progress: 0, problem: null });
    const abort = new AbortController();
    this.#uploading = { nonce, abort };
    const progress = (part: number) => this.#change(nonce, { progress: part });
    try {
      return await this.#ground.upload({ ...draft, file }, progress, abort.signal);
    } finally {
      this.#uploading = undefined;
    }
  }

  #add(draft: Draft): void {
    // No two at once: a reload orders them by when they were written.
    const at = Math.max(draft.at, (this.drafts.value.at(-1)?.at ?? 0) + 1);
    this.#set([...this.drafts.value, { ...draft, at }]);
    void this.flush();
  }

  #change(nonce: string, change: Partial<Draft>): void {
    this.#set(this.drafts.value.map((draft) => (draft.nonce === nonce ? { ...draft, ...change } : draft)));
  }

  #set(drafts: readonly Draft[]): void {
    this.drafts.value = drafts;
    const texts = new Map(drafts.map((draft) => [draft.nonce, writeDraft(draft)]));
    for (const nonce of this.#kept.keys()) if (!texts.has(nonce)) this.#keep(nonce, null);
    for (const [nonce, text] of texts) if (text !== (this.#kept.get(nonce) ?? null)) this.#keep(nonce, text);
  }

  #keep(nonce: string, text: string | null): void {
    this.#ground.keep.write(nonce, text);
    if (text === null) this.#kept.delete(nonce);
    else this.#kept.set(nonce, text);
  }
}
