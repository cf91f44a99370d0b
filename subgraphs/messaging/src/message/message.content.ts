import { validationFailed } from '@kopru/runtime/errors.ts';
import { messageLength, nonceLength } from '@kopru/schema/limits.ts';

/** The text of a message, as it was given. @throws VALIDATION_FAILED */
export function contentFrom(text: string): string {
  if (!/\S/.test(text)) throw validationFailed({ content: ['Write something.'] });
  if (isLonger(text, messageLength)) throw validationFailed({ content: [`At most ${messageLength} characters.`] });
  requireText('content', text);
  return text;
}

/** @throws VALIDATION_FAILED */
export function nonceFrom(text: string | null | undefined): string | null {
  if (text == null) return null;
  if (text === '' || isLonger(text, nonceLength))
    throw validationFailed({ nonce: [`1 to ${nonceLength} characters.`] });
  requireText('nonce', text);
  return text;
}

/** Whether a text has more than `most` characters: code points, as people count them, not UTF-16 units. */
export const isLonger = (text: string, most: number): boolean =>
  text.length > most && (text.length > 2 * most || [...text].length > most);

/** A database would keep something else than was sent: UTF-8 has no half of a surrogate pair, and SQLite ends a text at NUL. */
export function requireText(field: string, text: string): void {
  if (/[\0\p{Surrogate}]/u.test(text)) throw validationFailed({ [field]: ['Not plain text.'] });
}
