import { type FieldErrors, validationFailed } from '@kopru/runtime/errors.ts';

/** A sentence that says what is allowed, and what breaks it. */
export type Rule = readonly [sentence: string, breaks: (value: string) => boolean];

/** A length is counted in characters, of which an emoji may be several. */
const outside = (least: number, most: number) => (value: string) => {
  const { length } = [...value];
  return length < least || length > most;
};
const matching = (pattern: RegExp) => (value: string) => pattern.test(value);
const not = (pattern: RegExp) => (value: string) => !pattern.test(value);

const living =
  'Arabic Armenian Bengali Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Hebrew Kannada Khmer Lao Latin ' +
  'Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan';
/** Scripts that are written together. Letters that look alike in others would make two people look like one. */
const alphabets = [...living.split(' '), 'Latin Han Hiragana Katakana', 'Latin Han Bopomofo', 'Latin Han Hangul'].map(
  (scripts) => {
    const letters = scripts.split(' ').map((script) => `\\p{Script_Extensions=${script}}`);
    return new RegExp(`^[\\d_.\\-${letters.join('')}]*$`, 'u');
  },
);
const mixesAlphabets = (value: string) => !alphabets.some((alphabet) => alphabet.test(value));

/** Some letters are never seen, such as the fillers of Hangul. */
const hasOtherThanLetters = matching(/[^\p{L}\p{Nd}_.-]|\p{Default_Ignorable_Code_Point}/u);

/** A mailbox of plain characters at a domain of at least two labels; what mail servers exchange without extensions. */
const mailbox =
  /^(?=.{1,64}@)[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]([a-z\d-]{0,61}[a-z\d])$/i;

/** Nothing but spaces, marks of direction, fillers and the empty pattern of Braille. */
const invisible = not(/[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u);

const isWebUrl = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** The rules of each field of an account. */
export const rules = {
  username: [
    ['A username has 2 to 32 characters.', outside(2, 32)],
    ['A username has only letters, digits, and the signs _ . and -.', hasOtherThanLetters],
    ['A username has letters of one alphabet.', (value) => !hasOtherThanLetters(value) && mixesAlphabets(value)],
  ],
  email: [
    ['Enter a valid email address.', not(mailbox)],
    ['An email address has at most 254 characters.', outside(0, 254)],
  ],
  password: [['A password has 8 to 128 characters.', outside(8, 128)]],
  displayName: [
    ['A display name has 1 to 64 characters.', outside(1, 64)],
    ['A display name can be seen.', (value) => value !== '' && invisible(value)],
    ['A display name is one line of text.', matching(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)],
  ],
  avatarUrl: [
    ['An avatar is a URL that begins with http:// or https://.', (value) => !isWebUrl(value)],
    ['An avatar URL has at most 2048 characters.', outside(0, 2048)],
    ['An avatar URL is plain text.', matching(/[\p{Cc}\p{Cs}]/u)],
  ],
  bio: [
    ['A bio has at most 500 characters.', outside(0, 500)],
    // A database would keep something else: UTF-8 has no half of a surrogate pair, and SQLite ends a text at NUL.
    ['A bio is plain text.', matching(/[\0\p{Cs}]/u)],
  ],
} as const satisfies Record<string, readonly Rule[]>;

/** The sentences of the rules that `value` breaks; none for a value that is absent. */
export function faults(of: readonly Rule[], value: string | null | undefined): string[] {
  return value == null ? [] : of.filter(([, breaks]) => breaks(value)).map(([sentence]) => sentence);
}

/** @throws VALIDATION_FAILED with every field that has faults. */
export function refuseFaults(fields: FieldErrors): void {
  const broken = Object.entries(fields).filter(([, sentences]) => sentences.length > 0);
  if (broken.length > 0) throw validationFailed(Object.fromEntries(broken));
}
