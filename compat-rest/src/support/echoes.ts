/** How many messages are remembered; whoever is told of an older one of their own has it twice, and the same id. */
const remembered = 1_000;

/** A message as its event shows it. */
export interface Echo {
  readonly id: string;
  readonly threadId: string;
  readonly side: 'VISITOR' | 'AGENT';
  readonly nonce: string;
}

/** The messages that a connection has sent itself: everybody is told of them but it. */
export class Echoes {
  readonly #nonces = new Set<string>();
  readonly #ids = new Set<string>();

  /** Notes a message that is about to be sent. */
  expect(message: Omit<Echo, 'id'>): void {
    remember(this.#nonces, keyOf(message));
  }

  /** Whether a message is one of them; its id is known from then on. */
  meets(message: Echo): boolean {
    const isOwn = this.#nonces.has(keyOf(message));
    if (isOwn) remember(this.#ids, message.id);
    return isOwn;
  }

  /** Whether the message with that id is one of them. */
  has(id: string): boolean {
    return this.#ids.has(id);
  }
}

/** A nonce is its sender's own in one thread alone. */
const keyOf = ({ threadId, side, nonce }: Omit<Echo, 'id'>): string => `${threadId} ${side} ${nonce}`;

function remember(set: Set<string>, value: string): void {
  set.add(value);
  const [oldest] = set;
  if (set.size > remembered && oldest !== undefined) set.delete(oldest);
}
