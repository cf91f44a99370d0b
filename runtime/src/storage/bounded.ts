import { type Bytes, FileTooLarge } from './storage.ts';

/** A body that ends with an error where it gives more than `limit` bytes, and knows how many it gave. */
export class BoundedBody {
  /** In bytes. */
  size = 0;
  readonly #body: Bytes;
  readonly #limit: number;

  constructor(body: Bytes, limit: number) {
    this.#body = body;
    this.#limit = limit;
  }

  /** @throws FileTooLarge; whatever the body throws */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const piece of this.#body) {
      this.size += piece.length;
      if (this.size > this.#limit) throw new FileTooLarge(this.#limit);
      yield piece;
    }
  }
}
