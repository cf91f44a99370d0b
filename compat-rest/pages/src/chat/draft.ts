import type { MessageType } from '../wire/rows.ts';

/** A message that the server has not acknowledged. */
export interface Draft {
  readonly nonce: string;
  readonly type: MessageType;
  readonly text: string | null;
  /** A picture or sound that is not uploaded. */
  readonly file: Blob | null;
  /** Where it was uploaded to. */
  readonly fileUrl: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `failed` waits for the writer's word, `waiting` for the network or the turn. */
  readonly state: 'waiting' | 'uploading' | 'sending' | 'failed';
  /** Of the file, from 0 to 1. */
  readonly progress: number;
  readonly problem: Problem | null;
}

/** Why a message was not sent; `busy` passes by itself. */
export type Problem = 'busy' | 'size' | 'type' | 'refused';

/** What survives a reload: words, and files that are uploaded. */
type Kept = Pick<Draft, 'nonce' | 'type' | 'text' | 'fileUrl' | 'at'>;

const fresh = { file: null, state: 'waiting', progress: 0, problem: null } as const;

export const textDraft = (nonce: string, text: string): Draft => ({
  ...fresh,
  nonce,
  type: 'text',
  text,
  fileUrl: null,
  at: Date.now(),
});

export const fileDraft = (nonce: string, type: 'image' | 'audio', file: Blob): Draft => ({
  ...fresh,
  nonce,
  type,
  text: null,
  file,
  fileUrl: null,
  at: Date.now(),
});

/** Null where nothing of a draft survives. */
export function writeDraft({ nonce, type, text, fileUrl, at }: Draft): string | null {
  if (type !== 'text' && fileUrl === null) return null;
  const kept: Kept = { nonce, type, text, fileUrl, at };
  return JSON.stringify(kept);
}

export function readDraft(text: string): Draft {
  const kept: Kept = JSON.parse(text);
  return { ...fresh, ...kept };
}
