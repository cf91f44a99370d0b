import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, hashSync, verify } from '@node-rs/argon2';
import { Turnstile } from './turnstile.ts';

/** OWASP's first choice: 19 MiB, two passes, one lane. The algorithm is argon2id where nothing else is said. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A core stays free for everything else, and so do threads of libuv's four. */
const atATime = Math.max(1, Math.min(availableParallelism() - 1, 3));
/** Some seconds of work; whoever came later would have given up by then. */
const mostWaiting = 200;

/** Makes and checks password hashes, a few at a time. @throws RATE_LIMITED when too many wait. */
export class Hashing {
  readonly #turnstile = new Turnstile(atATime, mostWaiting);
  readonly #nobody = hashSync(randomBytes(16), cost);

  hash(password: string): Promise<string> {
    return this.#turnstile.run(() => hash(plain(password), cost));
  }

  /** Whether `password` is that of `hashed`. For null it takes as long, and is false. */
  async verify(hashed: string | null, password: string): Promise<boolean> {
    const same = await this.#turnstile.run(() => verify(hashed ?? this.#nobody, plain(password)));
    return same && hashed !== null;
  }
}

/** The same password typed on another keyboard may come as other code points. */
const plain = (password: string): string => password.normalize('NFC');
