import type { Context } from '@kopru/runtime/context.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import { ask } from '@kopru/runtime/subgraph/ask.ts';
import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';

const query = 'query People($ids: [ID!]!) { users(ids: $ids) { id active } }';

interface Answer {
  readonly users: readonly ({ readonly id: string; readonly active: boolean } | null)[];
}

/** What identity says of people. */
export class People {
  readonly #identity: () => SubgraphClient;

  constructor(identity: () => SubgraphClient) {
    this.#identity = identity;
  }

  /** Whether there is an account, and whether it is open; null for none. @throws UNAVAILABLE */
  async find(id: string, context: Context): Promise<{ readonly active: boolean } | null> {
    if (!isUuid(id)) return null;
    const { users } = await ask<Answer>(this.#identity(), query, { ids: [id] }, context);
    return users[0] ?? null;
  }
}
