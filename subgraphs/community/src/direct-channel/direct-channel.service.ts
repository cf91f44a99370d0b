import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { notFound, validationFailed } from '@kopru/runtime/errors.ts';
import { type Quota, spend } from '@kopru/runtime/quota/quota.ts';
import type { ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import type { ChannelService } from '../channel/channel.service.ts';
import { Channel, pairKey } from '../channel/channel.ts';
import {
  type CountedConnection,
  counts,
  type Entry,
  type PagedTable,
  type PageKey,
  pageKey,
  pageOf,
  readPages,
} from '../page/page.ts';
import type { People } from '../references/people.ts';
import type { ViewerWrites } from '../viewer-writes.ts';
import { type Opened, openDirectChannel } from './direct-channel.open.ts';

const recipients: PagedTable = {
  table: 'direct_channel_recipient',
  owner: 'user_id',
  id: 'channel_id',
  place: 'latest_id',
  descends: true,
};

/** How many people who have not written to each other one of them may write to; more is spam. */
const strangers = { limit: 200, windowSeconds: 60 * 60 };

/** Direct channels, each for the two people it is between. */
export class DirectChannelService {
  readonly #database: Database;
  readonly #channels: ChannelService;
  readonly #people: People;
  readonly #writes: ViewerWrites;
  readonly #quota: Quota;

  constructor(database: Database, channels: ChannelService, people: People, writes: ViewerWrites, quota: Quota) {
    this.#database = database;
    this.#channels = channels;
    this.#people = people;
    this.#writes = writes;
    this.#quota = quota;
  }

  /** @throws VALIDATION_FAILED for oneself; NOT_FOUND of User where there is no such person, or none any more; RATE_LIMITED after many new ones; UNAVAILABLE */
  async open(context: Context, recipientId: string): Promise<Opened> {
    const viewerId = context.viewer.userId;
    if (viewerId === recipientId)
      throw validationFailed({ recipientId: ['Nobody has a direct channel with themselves.'] });
    const recipient = await this.#people.find(recipientId, context);
    if (!recipient?.active) throw notFound('User');
    const known = await this.#database.reader.existsBy(Channel, { pairKey: pairKey(viewerId, recipientId) });
    if (!known) await spend(this.#quota, `strangers ${viewerId}`, strangers);
    return this.#writes.run(context, (tx, userId) => openDirectChannel(tx, userId, recipientId));
  }

  /** A person's direct channels, first the one where something happened last. */
  async ofUser(context: Context, userId: string, args: ConnectionArgs): Promise<CountedConnection<Channel>> {
    const key = pageKey(userId, args);
    return pageOf(key, await context.load(this.#pages).load(key), context.load(this.#countOfUser));
  }

  readonly #countOfUser: Batch<string, number> = (userIds) => counts(this.#database.reader, recipients, userIds);

  readonly #pages: Batch<PageKey, Entry<Channel>[]> = (keys, context) =>
    readPages(this.#database.reader, recipients, keys, async (ids) => {
      const channels = context.load(this.#channels.byId);
      return new Map(await Promise.all(ids.map(async (id) => [id, await channels.load(id)] as const)));
    });
}
