import type { Database } from '@kopru/runtime/database/database.ts';
import { validationFailed } from '@kopru/runtime/errors.ts';
import { isUuid } from '@kopru/runtime/ids.ts';
import {
  type Connection,
  type ConnectionArgs,
  connectionOf,
  type PageRequest,
  pageRequest,
} from '@kopru/runtime/subgraph/connection.ts';
import type { Access } from '../access/access.ts';
import { placeholders } from '../message/message.rows.ts';
import { Channel } from '../references/channel.ts';
import type { InboxSubject, Unread } from './inbox.ts';
import type { Support } from './support.ts';

/** Everything that somebody has to read, wherever it is, newest first. */
export class Inbox {
  readonly #database: Database;
  readonly #access: Access;
  readonly #support: Support;

  constructor(database: Database, access: Access, support: Support) {
    this.#database = database;
    this.#access = access;
    this.#support = support;
  }

  /** @throws VALIDATION_FAILED, UNAVAILABLE */
  async page(userId: string, args: ConnectionArgs): Promise<Connection<typeof InboxSubject>> {
    const page = pageRequest(args);
    for (const side of ['after', 'before'] as const)
      if (page[side] !== null && !isUuid(page[side]))
        throw validationFailed({ [side]: ['Not a cursor of this list.'] });
    const parts = await Promise.all([this.#channels(userId, page), this.#support.unread(userId, page)]);
    const found = parts.flat().sort((a, b) => (a.lastMessageId < b.lastMessageId === page.backward ? -1 : 1));
    const { edges, pageInfo } = connectionOf(
      found.slice(0, page.limit + 1),
      page,
      ({ lastMessageId }) => lastMessageId,
    );
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: node.subject })), pageInfo };
  }

  /** The channels in which somebody has something to read: a page of them and one more. */
  async #channels(userId: string, { limit, after, before, backward }: PageRequest): Promise<Unread[]> {
    const { channelIds } = await this.#access.scope(userId);
    if (channelIds.length === 0) return [];
    const bounds = [
      ...(after === null ? [] : [['head.last_message_id < ?', after] as const]),
      ...(before === null ? [] : [['head.last_message_id > ?', before] as const]),
    ];
    const rows: { channelId: string; lastMessageId: string }[] = await this.#database.reader.query(
      `SELECT head.channel_id AS channelId, head.last_message_id AS lastMessageId
       FROM channel_heads AS head
       LEFT JOIN read_states AS state ON state.channel_id = head.channel_id AND state.user_id = ?
       WHERE head.channel_id IN (${placeholders(channelIds)})
         AND head.last_message_id > COALESCE(state.last_read_id, '')
         ${bounds.map(([sql]) => `AND ${sql}`).join(' ')}
       ORDER BY head.last_message_id ${backward ? 'ASC' : 'DESC'} LIMIT ?`,
      [userId, ...channelIds, ...bounds.map(([, id]) => id), limit + 1],
    );
    return rows.map(({ channelId, lastMessageId }) => ({ subject: new Channel(channelId), lastMessageId }));
  }
}
