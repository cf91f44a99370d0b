import { ConfigError } from '@kopru/runtime/config.ts';
import type { Context } from '@kopru/runtime/context.ts';
import { ask } from '@kopru/runtime/subgraph/ask.ts';
import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';

const deliverMutation = 'mutation ($code: String!) { deliverAgentCode(code: $code) }';

/** Brings codes to the agents, by way of the support subgraph. */
export class CodeDelivery {
  readonly #peer: (name: string) => SubgraphClient;

  constructor(peer: (name: string) => SubgraphClient) {
    this.#peer = peer;
  }

  /** Whether the agents have it; false where this installation has no way to them. @throws UNAVAILABLE where that way is broken. */
  async deliver(code: string, context: Context): Promise<boolean> {
    const support = this.#support();
    if (!support) return false;
    const answer = await ask<{ deliverAgentCode?: boolean }>(support, deliverMutation, { code }, context);
    return answer.deliverAgentCode === true;
  }

  #support(): SubgraphClient | undefined {
    try {
      return this.#peer('support');
    } catch (error) {
      if (error instanceof ConfigError) return undefined;
      throw error;
    }
  }
}
