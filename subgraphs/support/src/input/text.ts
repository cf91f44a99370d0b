import { validationFailed } from '@kopru/runtime/errors.ts';
import { displayNameLength, nonceLength, supportTextLength } from '@kopru/schema/limits.ts';

/** A database would keep something else than was sent: UTF-8 has no half of a surrogate pair, and SQLite ends a text at NUL. */
const unstorable = /[\0\p{Surrogate}]/u;
/** What breaks a line, and what turns the text after it around, also that of others. */
const control = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
/** Anything but spaces, marks of direction, fillers and the empty pattern of Braille. */
const visible = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text has more than `most` characters: code points, as people count them, not UTF-16 units. */
const isLonger = (text: string, most: number): boolean =>
  text.length > most && (text.length > 2 * most || [...text].length > most);

/** One visible line, without the spaces around it. @throws VALIDATION_FAILED */
export function displayNameFrom(text: string): string {
  const name = text.trim();
  if (!visible.test(name) || isLonger(name, displayNameLength))
    throw validationFailed({ displayName: [`1 to ${displayNameLength} characters.`] });
  if (unstorable.test(name) || control.test(name))
    throw validationFailed({ displayName: ['One line of ordinary characters.'] });
  return name;
}

/** A text as it was given, which is not only white space. @throws VALIDATION_FAILED */
export function textFrom(text: string | null | undefined): string {
  if (text == null || !/\S/.test(text)) throw validationFailed({ text: ['Write something.'] });
  if (isLonger(text, supportTextLength)) throw validationFailed({ text: [`At most ${supportTextLength} characters.`] });
  if (unstorable.test(text)) throw validationFailed({ text: ['Not plain text.'] });
  return text;
}

/** @throws VALIDATION_FAILED */
export function nonceFrom(text: string | null | undefined): string | null {
  if (text == null) return null;
  if (text === '' || isLonger(text, nonceLength))
    throw validationFailed({ nonce: [`1 to ${nonceLength} characters.`] });
  if (unstorable.test(text)) throw validationFailed({ nonce: ['Not plain text.'] });
  return text;
}
