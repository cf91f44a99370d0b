import type { Sender } from '../wire/rows.ts';
import { store, storedUnder } from './storage.ts';

/** Where the drafts of a conversation survive a reload. */
export interface KeptDrafts {
  read(): readonly string[];
  /** Keeps a draft; null forgets it. */
  write(nonce: string, text: string | null): void;
}

/** Each draft has a key of its own: another tab that writes in the same thread erases nothing. */
export function keptDrafts(me: Sender, threadId: string): KeptDrafts {
  const start = `outbox.${me}.${threadId}.`;
  return {
    read: () => storedUnder(start),
    write: (nonce, text) => store(start + nonce, text),
  };
}
