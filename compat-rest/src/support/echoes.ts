/** How many messages are remembered; whoever is told of an older one of their own has it twice, and the same id. */
const remembered = 1_000;

/** A message as its event shows it. */
export interface Echo {
  readonly id: string;
  readonly side: 'VISITOR' | 'AGENT';
  readonly nonce: string;
}

/** The messages that a connection has sent itself: everybody is told of them but it. */
export class Echoes {
  readonly #nonces = new Set<string>();
  readonly #ids = new Set<string>();

  /** Notes a message that is about to be sent. */
  expect(side: Echo['side'], nonce: string): void {
    remember(this.#nonces, `${side} ${nonce}`);
  }

  /** Whether a message is one of them; its id is known from then on. */
  meets({ id, side, nonce }: Echo): boolean {
    const isOwn = this.#nonces.has(`${side} ${nonce}`);
    if (isOwn) remember(this.#ids, id);
    return isOwn;
  }

  /** Whether the message with that id is one of them. */
  has(id: string): boolean {
    return this.#ids.has(id);
  }
}

function remember(set: Set<string>, value: string): void {
  set.add(value);
  const [oldest] = set;
  if (set.size > remembered && oldest !== undefined) set.delete(oldest);
}
