import { codeOf, unavailable } from '@kopru/runtime/errors.ts';
import { ask } from '@kopru/runtime/subgraph/ask.ts';
import type { SubgraphClient } from '@kopru/runtime/subgraph/client.ts';
import DataLoader from 'dataloader';

/** What one user may do in one channel. */
export interface ChannelAccess {
  readonly channelId: string;
  /** null in a direct channel. */
  readonly serverId: string | null;
  readonly userId: string;
  readonly canRead: boolean;
  readonly canSend: boolean;
  readonly canManageMessages: boolean;
  /** Both people of a direct channel, else empty. */
  readonly recipientIds: readonly string[];
}

/** What a user hears of. */
export interface ViewerScope {
  readonly serverIds: readonly string[];
  /** The text channels of those servers that the user may read, and direct channels. */
  readonly channelIds: readonly string[];
}

export interface AccessQuestion {
  readonly channelId: string;
  readonly userId: string;
}

const accessQuery = `query ($requests: [ChannelAccessInput!]!) {
  channelAccess(requests: $requests) { channelId serverId userId canRead canSend canManageMessages recipientIds }
}`;
const scopeQuery = 'query ($userId: ID!) { viewerScope(userId: $userId) { serverIds channelIds } }';
const channelsQuery = 'query ($serverId: ID!) { serverChannelIds(serverId: $serverId) }';
const membersQuery = 'query ($serverId: ID!) { serverMemberIds(serverId: $serverId) }';

/** How many questions go into one request. */
const largestBatch = 100;

/** The questions that messaging has for community. @throws UNAVAILABLE whenever there is no answer. */
export class Community {
  readonly #peer: () => SubgraphClient;
  readonly #accesses: DataLoader<AccessQuestion, ChannelAccess | null>;

  constructor(peer: () => SubgraphClient) {
    this.#peer = peer;
    // Of all requests together, and without a cache: every answer was asked for after its question came.
    this.#accesses = new DataLoader((questions) => this.#askAccesses(questions), {
      cache: false,
      maxBatchSize: largestBatch,
      batchScheduleFn: (dispatch) => setImmediate(dispatch),
    });
  }

  /** null where there is no such channel. */
  channelAccess(question: AccessQuestion): Promise<ChannelAccess | null> {
    return this.#accesses.load(question);
  }

  async viewerScope(userId: string): Promise<ViewerScope> {
    const { viewerScope } = await this.#ask<{ viewerScope: ViewerScope }>(scopeQuery, { userId });
    return viewerScope;
  }

  /** @throws NOT_FOUND */
  async serverMemberIds(serverId: string): Promise<readonly string[]> {
    const { serverMemberIds } = await this.#ask<{ serverMemberIds: string[] }>(membersQuery, { serverId });
    return serverMemberIds;
  }

  /** The text channels of a server; null where there is no such server. */
  async serverChannelIds(serverId: string): Promise<readonly string[] | null> {
    const { serverChannelIds } = await this.#ask<{ serverChannelIds: string[] | null }>(channelsQuery, { serverId });
    return serverChannelIds;
  }

  async #askAccesses(questions: readonly AccessQuestion[]): Promise<(ChannelAccess | null)[]> {
    const requests = new Map(
      questions.map(({ channelId, userId }) => [keyOf({ channelId, userId }), { channelId, userId }]),
    );
    const { channelAccess } = await this.#ask<{ channelAccess: (ChannelAccess | null)[] }>(accessQuery, {
      requests: [...requests.values()],
    });
    const answers = new Map(channelAccess.map((access) => [access && keyOf(access), access]));
    return questions.map((question) => answers.get(keyOf(question)) ?? null);
  }

  async #ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
    try {
      return await ask<Data>(this.#peer(), query, variables);
    } catch (error) {
      if (codeOf(error) === 'NOT_FOUND') throw error;
      throw unavailable('Access cannot be checked at the moment. Try again.', error as Error);
    }
  }
}

export const keyOf = ({ channelId, userId }: AccessQuestion): string => `${userId} ${channelId}`;
