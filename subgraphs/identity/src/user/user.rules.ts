import { type FieldErrors, validationFailed } from '@kopru/runtime/errors.ts';

/** A sentence that says what is allowed, and what breaks it. */
type Rule = readonly [sentence: string, breaks: (value: string) => boolean];

/** A length is counted in characters, of which an emoji may be several. */
const outside = (least: number, most: number) => (value: string) => {
  const { length } = [...value];
  return length < least || length > most;
};
const matching = (pattern: RegExp) => (value: string) => pattern.test(value);
const not = (pattern: RegExp) => (value: string) => !pattern.test(value);

/** Letters that look alike across these would make two people look like one. */
const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
const mixesAlphabets = (value: string) => alphabets.filter((alphabet) => alphabet.test(value)).length > 1;

/** A mailbox of plain characters at a domain of at least two labels; what mail servers exchange without extensions. */
const mailbox =
  /^(?=.{1,64}@)[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]([a-z\d-]{0,61}[a-z\d])$/i;

const isWebUrl = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** The rules of each field of an account. */
export const rules = {
  username: [
    ['A username has 2 to 32 characters.', outside(2, 32)],
    ['A username has only letters, digits, and the signs _ . and -.', matching(/[^\p{L}\p{Nd}_.-]/u)],
    ['A username has letters of one alphabet.', mixesAlphabets],
  ],
  email: [
    ['Enter a valid email address.', not(mailbox)],
    ['An email address has at most 254 characters.', outside(0, 254)],
  ],
  password: [['A password has 8 to 128 characters.', outside(8, 128)]],
  displayName: [
    ['A display name has 1 to 64 characters.', outside(1, 64)],
    ['A display name is one line of text.', matching(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)],
  ],
  avatarUrl: [
    ['An avatar is a URL that begins with http:// or https://.', (value) => !isWebUrl(value)],
    ['An avatar URL has at most 2048 characters.', outside(0, 2048)],
  ],
  bio: [['A bio has at most 500 characters.', outside(0, 500)]],
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
