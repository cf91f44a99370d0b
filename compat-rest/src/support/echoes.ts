/** How many messages are remembered; whoever is told of an older one of their own has it twice, and the same id. */
const remembered = 1_000;

/** The messages that a connection has sent itself: everybody is told of them but it. */
export class Echoes {
  readonly #nonces = new Set<string>();

  /** Notes a message that is about to be sent. */
  expect(side: 'VISITOR' | 'AGENT', nonce: string): void {
    this.#nonces.add(`${side} ${nonce}`);
    const [oldest] = this.#nonces;
    if (this.#nonces.size > remembered && oldest !== undefined) this.#nonces.delete(oldest);
  }

  /** Whether it is one of them. */
  has({ side, nonce }: { readonly side: 'VISITOR' | 'AGENT'; readonly nonce: string }): boolean {
    return this.#nonces.has(`${side} ${nonce}`);
  }
}
