import type { Context } from '@kopru/runtime/context.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import { ask } from '@kopru/runtime/subgraph/ask.ts';
import type { Peers } from './peers.ts';

const query = 'query People($ids: [ID!]!) { users(ids: $ids) { id active displayName } }';

interface Person {
  readonly id: string;
  readonly active: boolean;
  readonly displayName: string;
}

/** What identity says of people. */
export class People {
  readonly #peer: Peers;

  constructor(peer: Peers) {
    this.#peer = peer;
  }

  /** Whether somebody has an account that is open. @throws UNAVAILABLE */
  async isActive(id: string, context: Context): Promise<boolean> {
    const [person] = await this.#find([id], context);
    return person?.active ?? false;
  }

  /** What people are called, by their ids; those who are not known are left out. @throws UNAVAILABLE */
  async namesOf(ids: readonly string[], context: Context): Promise<ReadonlyMap<string, string>> {
    const people = await this.#find(ids, context);
    return new Map(people.map(({ id, displayName }) => [id, displayName]));
  }

  async #find(ids: readonly string[], context: Context): Promise<Person[]> {
    const known = ids.filter(isUuid);
    if (known.length === 0) return [];
    const { users } = await ask<{ users: (Person | null)[] }>(this.#peer('identity'), query, { ids: known }, context);
    return users.filter((person) => person !== null);
  }
}
