import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import type { ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { In } from 'typeorm';
import { refuseAnonymous } from '../access/access.ts';
import type { MemberService } from '../member/member.service.ts';
import { memberKey } from '../member/member.ts';
import { type CountedConnection, counts, type Entry, type PageKey, pageKey, pageOf, readPages } from '../page/page.ts';
import type { People } from '../references/people.ts';
import type { ViewerWrites } from '../viewer-writes.ts';
import { banMember, unbanMember } from './ban.change.ts';
import type { BanMemberInput, UnbanMemberInput } from './ban.inputs.ts';
import { Ban } from './ban.ts';

const bans = { table: 'ban', owner: 'server_id', id: 'id' };

/** Bans, read for whoever has found out that the reader may. */
export class BanService {
  readonly #database: Database;
  readonly #members: MemberService;
  readonly #people: People;
  readonly #writes: ViewerWrites;

  constructor(database: Database, members: MemberService, people: People, writes: ViewerWrites) {
    this.#database = database;
    this.#members = members;
    this.#people = people;
    this.#writes = writes;
  }

  /** @throws as `banMember`; UNAVAILABLE where nobody can say whether there is such a person */
  async ban(context: Context, input: BanMemberInput): Promise<Ban> {
    refuseAnonymous(context);
    const member = await context.load(this.#members.byKey).load(memberKey(input.serverId, input.userId));
    const exists = member !== null || (await this.#people.find(input.userId, context)) !== null;
    return this.#writes.run(context, (tx, userId) => banMember(tx, userId, input, exists));
  }

  unban(context: Context, input: UnbanMemberInput): Promise<void> {
    return this.#writes.run(context, (tx, userId) => unbanMember(tx, userId, input));
  }

  /** The bans of a server, the first first. */
  async ofServer(context: Context, serverId: string, args: ConnectionArgs): Promise<CountedConnection<Ban>> {
    const key = pageKey(serverId, args);
    return pageOf(key, await context.load(this.#pages).load(key), context.load(this.#count));
  }

  readonly #count: Batch<string, number> = (serverIds) => counts(this.#database.reader, bans, serverIds);

  readonly #pages: Batch<PageKey, Entry<Ban>[]> = (keys) =>
    readPages(this.#database.reader, bans, keys, async (ids) => {
      const rows = await this.#database.reader.findBy(Ban, { id: In([...ids]) });
      return new Map(rows.map((ban) => [ban.id, ban]));
    });
}
