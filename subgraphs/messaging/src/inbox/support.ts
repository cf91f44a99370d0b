import { unavailable } from '@kopru/runtime/errors.ts';
import { ask } from '@kopru/runtime/subgraph/ask.ts';
import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';
import type { PageRequest } from '@kopru/runtime/subgraph/connection.ts';
import { SupportThread } from '../references/support-thread.ts';
import type { Unread } from './inbox.ts';

const unreadQuery = `query ($input: UnreadThreadsInput!) {
  unreadSupportThreads(input: $input) { threadId lastMessageId }
}`;
const idsQuery = 'query ($userId: ID!) { supportThreadIds(userId: $userId) }';

interface UnreadThreads {
  readonly unreadSupportThreads: readonly { readonly threadId: string; readonly lastMessageId: string }[];
}

/** The questions that messaging has for support. @throws UNAVAILABLE whenever there is no answer. */
export class Support {
  readonly #peer: () => SubgraphClient;

  constructor(peer: () => SubgraphClient) {
    this.#peer = peer;
  }

  /** The threads in which somebody has something to read: a page of them and one more. */
  async unread(userId: string, { limit, ...page }: PageRequest): Promise<Unread[]> {
    const input = { userId, ...page, limit: limit + 1 };
    const { unreadSupportThreads } = await this.#ask<UnreadThreads>(unreadQuery, { input });
    return unreadSupportThreads.map(({ threadId, lastMessageId }) => ({
      subject: new SupportThread(threadId),
      lastMessageId,
    }));
  }

  /** The threads that somebody began signed in. */
  async threadIds(userId: string): Promise<readonly string[]> {
    const { supportThreadIds } = await this.#ask<{ supportThreadIds: readonly string[] }>(idsQuery, { userId });
    return supportThreadIds;
  }

  async #ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
    return ask<Data>(this.#peer(), query, variables).catch((error: unknown) => {
      throw unavailable('The support chat is away at the moment. Try again.', error as Error);
    });
  }
}
