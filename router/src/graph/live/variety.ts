import { isNearby, networkOf } from '@kopru/runtime/client.ts';
import type { Caller } from '@kopru/runtime/subgraph/client.ts';
import { decodeJwt } from 'jose';

/** How many different operations each user, and strangers from each network, have live. Each is a plan that is kept, and an execution of its own for each event. */
export class Variety {
  readonly #most: number;
  readonly #users = new Map<string, Map<string, number>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a subscription by the key of its operation, and gives what takes it away; undefined where it is one too many. */
  enter(caller: Caller, key: string): (() => void) | undefined {
    const who = ofWhom(caller);
    if (who === undefined) return () => undefined;
    const operations = this.#users.get(who) ?? new Map<string, number>();
    const count = operations.get(key) ?? 0;
    if (count === 0 && operations.size >= this.#most) return undefined;
    operations.set(key, count + 1);
    this.#users.set(who, operations);
    return () => this.#leave(who, operations, key);
  }

  #leave(who: string, operations: Map<string, number>, key: string): void {
    const count = (operations.get(key) ?? 0) - 1;
    if (count > 0) operations.set(key, count);
    else operations.delete(key);
    if (operations.size === 0) this.#users.delete(who);
  }
}

/** Undefined for services, which listen to as much as they are made to, and for strangers whom a proxy that is not trusted may have sent. */
function ofWhom({ token, asService, client: { address } }: Caller): string | undefined {
  if (token !== undefined) return decodeJwt(token).sub ?? '';
  return asService || isNearby(address) ? undefined : `@${networkOf(address)}`;
}
