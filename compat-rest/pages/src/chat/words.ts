import { texts } from '../text/language.ts';
import type { MessageRow } from '../wire/rows.ts';

/** A message in words, for lists and for those who listen. */
export function wordsOf({ type, content_text }: Pick<MessageRow, 'type' | 'content_text'>): string {
  if (content_text) return content_text;
  return type === 'audio' ? texts.message.sound : texts.message.picture;
}
