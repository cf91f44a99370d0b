import { validationFailed } from '@kopru/runtime/errors.ts';
import { z } from 'zod';
import { everyPermission } from '../permission/permission.ts';

/** Half a surrogate pair is no character, and databases disagree on NUL. */
const unstorable = /[\p{Cs}\0]/u;
/** What breaks a line, and what turns the text after it around, also that of others. */
const control = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
/** Anything but spaces, marks of direction, fillers and the empty pattern of Braille. */
const visible = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

const characters = (text: string): number => [...text].length;
const storable = z.string().trim();

/** One line of 1 to 100 characters, without the spaces around it. */
export const nameField = storable
  .refine((text) => text !== '' && characters(text) <= 100, 'A name has 1 to 100 characters.')
  .refine(
    (text) => !unstorable.test(text) && !control.test(text) && (text === '' || visible.test(text)),
    'A name is one line of ordinary characters.',
  );

/** A name that stays as it is where none is given. */
export const newNameField = nameField.nullish().transform((name) => name ?? undefined);

/** Up to `most` characters; empty is the same as none, and null takes away what was there. */
export const textField = (most: number) =>
  storable
    .refine((text) => characters(text) <= most, `At most ${most} characters.`)
    .refine((text) => !unstorable.test(text), 'Not text that can be stored.')
    .transform((text) => (text === '' ? null : text))
    .nullish();

const isWebUrl = (text: string): boolean =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol) && !/\s/.test(text);

/** A URL of the web; empty and null as in `textField`. */
export const webUrlField = textField(2048).refine(
  (text) => text == null || isWebUrl(text),
  'A URL that begins with http:// or https://.',
);

/** `#rrggbb`; empty and null as in `textField`. */
export const colorField = textField(7)
  .refine((text) => text == null || /^#[0-9a-f]{6}$/i.test(text), 'A colour such as #1a2b3c.')
  .transform((text) => text?.toLowerCase() ?? text);

/** A set of permissions as decimal text; undefined where none is given. */
export const permissionsField = z
  .string()
  .regex(/^\d{1,10}$/, 'A decimal number.')
  .transform(Number)
  .refine((set) => set <= everyPermission, `At most ${everyPermission}, which is all of them.`)
  .nullish()
  .transform((set) => set ?? undefined);

/** A whole number within limits; undefined where none is given. */
export const countField = (least: number, most: number) =>
  z
    .int(`From ${least} to ${most}.`)
    .refine((count) => count >= least && count <= most, `From ${least} to ${most}.`)
    .nullish()
    .transform((count) => count ?? undefined);

/** The input as `fields` makes of it. @throws VALIDATION_FAILED naming each field that breaks its rule. */
export function checked<Fields extends z.ZodRawShape>(fields: Fields, input: object) {
  const result = z.object(fields).safeParse(input);
  if (result.success) return result.data;
  const issues = Map.groupBy(result.error.issues, ({ path }) => String(path[0]));
  throw validationFailed(
    Object.fromEntries([...issues].map(([field, broken]) => [field, broken.map(({ message }) => message)])),
  );
}

/** Only what was given: null counts, undefined does not. */
export function given<Values extends object>(values: Values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: Exclude<Values[Key], undefined>;
  };
}
