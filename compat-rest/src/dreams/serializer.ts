import { validationFailed } from '@kopru/runtime/errors.ts';
import type { Fields } from '../fields.ts';

/** What a field of a body takes, as a serializer of Django REST framework does: numbers are texts, and space around them goes. */
interface Field {
  readonly required?: true;
  /** Whether null may stand for nothing. */
  readonly nullable?: true;
  /** Whether nothing may be written as nothing. */
  readonly blank?: true;
  /** Whether space around it stays. */
  readonly exact?: true;
  readonly email?: true;
  /** How many characters it has at most. */
  readonly most?: number;
}
type Value<F extends Field> = F extends { readonly required: true } ? string : string | null | undefined;

/** Leaves to the graph what it knows better: this is for an answer that names all broken fields at once. */
const address = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** The fields of a body, all of them checked. @throws VALIDATION_FAILED with each that is broken, in the words of the framework */
export function serialized<Shape extends Readonly<Record<string, Field>>>(
  body: Fields,
  shape: Shape,
): { readonly [Name in keyof Shape]: Value<Shape[Name]> } {
  const errors: Record<string, string[]> = {};
  const values = Object.entries(shape).map(([name, field]) => {
    const value = read(body, name, field);
    const error = fault(value, field);
    if (error !== undefined) errors[name] = [error];
    return [name, value];
  });
  if (Object.keys(errors).length > 0) throw validationFailed(errors);
  return Object.fromEntries(values);
}

function read(body: Fields, name: string, { exact }: Field): unknown {
  const value = body.value(name);
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && !exact ? text.trim() : text;
}

function fault(
  value: unknown,
  { required, nullable, blank, email, most = Number.POSITIVE_INFINITY }: Field,
): string | undefined {
  if (value === undefined) return required ? 'This field is required.' : undefined;
  if (value === null) return nullable ? undefined : 'This field may not be null.';
  if (typeof value !== 'string') return 'Not a valid string.';
  if (value === '') return blank ? undefined : 'This field may not be blank.';
  if (value.includes('\0')) return 'Null characters are not allowed.';
  if (email && !address.test(value)) return 'Enter a valid email address.';
  if ([...value].length > most) return `Ensure this field has no more than ${most} characters.`;
  return undefined;
}
