import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { decodeJwt } from 'jose';

/** How many different operations each user has live. Each is a plan that is kept, and an execution of its own for each event. */
export class Variety {
  readonly #most: number;
  readonly #users = new Map<string, Map<string, number>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a subscription by the key of its operation, and gives what takes it away; undefined where it is one too many. */
  enter({ token }: Caller, key: string): (() => void) | undefined {
    // What services listen to by themselves is as much as they are made to.
    if (token === undefined) return () => undefined;
    const userId = decodeJwt(token).sub ?? '';
    const operations = this.#users.get(userId) ?? new Map<string, number>();
    const count = operations.get(key) ?? 0;
    if (count === 0 && operations.size >= this.#most) return undefined;
    operations.set(key, count + 1);
    this.#users.set(userId, operations);
    return () => this.#leave(userId, operations, key);
  }

  #leave(userId: string, operations: Map<string, number>, key: string): void {
    const count = (operations.get(key) ?? 0) - 1;
    if (count > 0) operations.set(key, count);
    else operations.delete(key);
    if (operations.size === 0) this.#users.delete(userId);
  }
}
