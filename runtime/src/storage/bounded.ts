import { unavailable } from '../errors.ts';
import { type Bytes, FileTooLarge } from './storage.ts';

/** A body that ends with an error where it gives more than `limit` bytes, and knows how many it gave. */
export class BoundedBody {
  /** In bytes. */
  size = 0;
  readonly #body: Bytes;
  readonly #limit: number;
  #failure: unknown;

  constructor(body: Bytes, limit: number) {
    this.#body = body;
    this.#limit = limit;
  }

  /** @throws FileTooLarge; whatever the body throws */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const pieces = this.#body[Symbol.asyncIterator]();
    try {
      for (let next = await this.#next(pieces); !next.done; next = await this.#next(pieces)) yield next.value;
    } finally {
      await pieces.return?.();
    }
  }

  /** Only what goes wrong in here is the body's own; whoever reads it may end it with an error of theirs. */
  async #next(pieces: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
    try {
      const next = await pieces.next();
      this.size += next.done ? 0 : next.value.length;
      if (this.size > this.#limit) throw new FileTooLarge(this.#limit);
      return next;
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  /** Why storing it failed: what the body threw, else UNAVAILABLE, since then the storage did not take it. */
  reason(error: unknown): unknown {
    return this.#failure ?? storageAway(error);
  }
}

export const storageAway = (error: unknown): Error =>
  unavailable('Files cannot be stored at the moment.', error instanceof Error ? error : new Error(String(error)));
