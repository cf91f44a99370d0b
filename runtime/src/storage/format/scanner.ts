/** Bytes that are not a file of their type from the first to the last. */
export class BrokenFile extends Error {
  override readonly name = 'BrokenFile';
}

type Question =
  | { readonly kind: 'take'; readonly bytes: number }
  | { readonly kind: 'skip'; readonly bytes: number }
  | { readonly kind: 'find'; readonly byte: number }
  | { readonly kind: 'at end' }
  | { readonly kind: 'drop' };
// biome-ignore lint/suspicious/noExplicitAny: the answer's type follows from the question; the functions below pair them.
export type Reading<Result> = Generator<Question, Result, any>;

/** How files of one format are built: what it reads, until it has read all of one. */
export type Structure = () => Reading<void>;

/** The next bytes; few, since they are held. */
export function* take(bytes: number): Reading<Buffer> {
  return yield { kind: 'take', bytes };
}
export function* skip(bytes: number): Reading<void> {
  yield { kind: 'skip', bytes };
}
/** Goes behind the next such byte. */
export function* find(byte: number): Reading<void> {
  yield { kind: 'find', byte };
}
export function* atEnd(): Reading<boolean> {
  return yield { kind: 'at end' };
}
/** What was left away: how much, and its first and last bytes. */
export interface Dropped {
  readonly bytes: number;
  readonly first: Buffer;
  readonly last: Buffer;
}
/** Keeps everything from here on out of the file. */
export function* drop(): Reading<Dropped> {
  return yield { kind: 'drop' };
}

export function must(holds: boolean, rule: string): asserts holds {
  if (!holds) throw new BrokenFile(rule);
}

const nothing: Buffer = Buffer.alloc(0);
/** How much of either end of what is dropped is looked at, in bytes. */
const edge = 4;

/** Follows a structure through bytes that come in pieces, and holds no more of them than are asked for at once. */
export class Scanner {
  readonly #reading: Reading<void>;
  #question: Question | undefined;
  #held = nothing;
  #dropped: Dropped = { bytes: 0, first: nothing, last: nothing };

  constructor(structure: Structure) {
    this.#reading = structure();
    this.#answer(undefined);
  }

  /** Reads on, and gives what of the piece belongs to the file. @throws BrokenFile */
  push(piece: Uint8Array): Uint8Array {
    if (this.#isDropping()) return this.#drop(asBuffer(piece));
    this.#held = this.#held.length === 0 ? asBuffer(piece) : Buffer.concat([this.#held, piece]);
    while (this.#advance());
    must(this.#question !== undefined || this.#held.length === 0, 'Something follows its end.');
    if (!this.#isDropping()) return piece;
    // A question is only left open for bytes that are not there, so what is held when a drop begins is all of this piece.
    const rest = this.#cut(this.#held.length);
    this.#drop(rest);
    return piece.subarray(0, piece.length - rest.length);
  }

  /** There is no more. @throws BrokenFile where there should be */
  end(): void {
    if (this.#question?.kind === 'at end') this.#answer(true);
    else if (this.#question?.kind === 'drop') this.#answer(this.#dropped);
    must(this.#question === undefined, 'It ends too early.');
  }

  /** Answers the open question as far as what is held allows; whether there may be another to answer. */
  #advance(): boolean {
    const question = this.#question;
    switch (question?.kind) {
      case undefined:
      case 'drop':
        return false;
      case 'take':
        if (this.#held.length < question.bytes) return false;
        return this.#answer(this.#cut(question.bytes));
      case 'skip': {
        const left = question.bytes - this.#cut(question.bytes).length;
        if (left === 0) return this.#answer(undefined);
        this.#question = { kind: 'skip', bytes: left };
        return false;
      }
      case 'find': {
        const found = this.#held.indexOf(question.byte);
        this.#cut(found === -1 ? this.#held.length : found + 1);
        return found !== -1 && this.#answer(undefined);
      }
      case 'at end':
        return this.#held.length > 0 && this.#answer(false);
    }
  }

  #isDropping(): boolean {
    return this.#question?.kind === 'drop';
  }

  #drop(piece: Buffer): Buffer {
    const { bytes, first, last } = this.#dropped;
    this.#dropped = {
      bytes: bytes + piece.length,
      first: first.length < edge ? Buffer.concat([first, piece.subarray(0, edge)]).subarray(0, edge) : first,
      last: Buffer.concat([last, piece.subarray(-edge)]).subarray(-edge),
    };
    return nothing;
  }

  #cut(bytes: number): Buffer {
    const cut = this.#held.subarray(0, bytes);
    this.#held = this.#held.subarray(bytes);
    return cut;
  }

  #answer(answer: unknown): true {
    const { done, value } = this.#reading.next(answer);
    this.#question = done ? undefined : value;
    return true;
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
