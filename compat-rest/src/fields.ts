import { type FieldProblem, Refused } from './failure.ts';

/** What a caller sent by name, in a JSON body or a query. Each reading checks the value; whoever reads nothing checks nothing. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #place: 'body' | 'query';

  constructor(values: Readonly<Record<string, unknown>>, place: 'body' | 'query') {
    this.#values = values;
    this.#place = place;
  }

  has(field: string): boolean {
    return Object.hasOwn(this.#values, field) && this.#values[field] !== undefined;
  }

  /** Whether the field is there and a text. */
  isText(field: string): boolean {
    return this.has(field) && typeof this.#values[field] === 'string';
  }

  /** What stands beside the name that was given; one of the names must be. */
  option<Value>(field: string, options: Readonly<Record<string, Value>>): Value {
    const name = this.text(field);
    const value = Object.hasOwn(options, name) ? options[name] : undefined;
    return value ?? this.#refuse(field, 'value', `one of ${Object.keys(options).join(', ')}`);
  }

  /** As it was sent, whatever it is; for dialects that read in a way of their own. */
  value(field: string): unknown {
    return this.has(field) ? this.#values[field] : undefined;
  }

  /** A text that must be there, blank or not, of `most` characters (code points). */
  text(field: string, most = Number.POSITIVE_INFINITY): string {
    const value = this.nullableText(field);
    if (value === undefined) return this.#refuse(field, 'missing', 'a text');
    if (value === null) return this.#refuse(field, 'null', 'a text');
    // A string has at least as many code units as characters: short ones need no counting.
    return value.length > most && [...value].length > most
      ? this.#refuse(field, 'too long', `at most ${most} characters`)
      : value;
  }

  /** A text, or undefined where the field is absent; null is refused. */
  optionalText(field: string): string | undefined {
    return this.has(field) ? this.text(field) : undefined;
  }

  /** A text, null, or undefined where the field is absent. */
  nullableText(field: string): string | null | undefined {
    if (!this.has(field)) return undefined;
    const value = this.#values[field];
    return typeof value === 'string' || value === null ? value : this.#refuse(field, 'type', 'a text');
  }

  /** A whole number within bounds, or undefined where the field is absent. Of a body it must be a JSON number, of a query its digits. */
  optionalInteger(field: string, least: number, most: number): number | undefined {
    if (!this.has(field)) return undefined;
    const takes = `a whole number from ${least} to ${most}`;
    const given = this.#values[field];
    if (this.#place === 'body' && typeof given !== 'number')
      return this.#refuse(field, given === null ? 'null' : 'type', takes);
    const value = typeof given === 'string' && /^-?\d+$/.test(given) ? Number(given) : given;
    return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : this.#refuse(field, 'value', takes);
  }

  /** Undefined where the field is absent; else a text that `accepts` accepts. */
  optionalMatch(field: string, takes: string, accepts: (value: string) => boolean): string | undefined {
    const value = this.optionalText(field);
    return value === undefined || accepts(value) ? value : this.#refuse(field, 'value', takes);
  }

  #refuse(field: string, problem: FieldProblem, takes: string): never {
    throw new Refused({ kind: 'field', place: this.#place, field, problem, takes });
  }
}

/** The fields of a JSON body; an empty body has none. @throws Refused for what is not JSON or not an object */
export function bodyFields(text: string | undefined): Fields {
  if (!text?.trim()) return new Fields({}, 'body');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new Refused({ kind: 'body', problem: 'malformed', detail: (error as SyntaxError).message }, { cause: error });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refused({ kind: 'body', problem: 'not an object' });
  return new Fields(body as Readonly<Record<string, unknown>>, 'body');
}
