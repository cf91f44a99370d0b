import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import type { ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { In } from 'typeorm';
import { type CountedConnection, counts, type Entry, type PageKey, pageKey, pageOf, readPages } from '../page/page.ts';
import { Member, type MemberKey, memberKey } from './member.ts';
import { ofMembers, type Standing, standings } from './standing.ts';

const members = { table: 'member', owner: 'server_id', id: 'id' };

/** Reads memberships, for whoever has found out that the reader may. */
export class MemberService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Null for those who are no members. */
  readonly byKey: Batch<MemberKey, Member | null> = async (keys) => {
    const { reader } = this.#database;
    const rows = await ofMembers(reader.createQueryBuilder(Member, 'member'), keys).getMany();
    const found = new Map(rows.map((member) => [memberKey(member.serverId, member.userId), member]));
    return keys.map((key) => found.get(key) ?? null);
  };

  /** What each may do in the server; null for those who are no members. */
  readonly standing: Batch<MemberKey, Standing | null> = (keys) => standings(this.#database.reader, keys);

  /** How many members each server has. */
  readonly count: Batch<string, number> = (serverIds) => counts(this.#database.reader, members, serverIds);

  /** The members of a server in the order of joining. */
  async ofServer(context: Context, serverId: string, args: ConnectionArgs): Promise<CountedConnection<Member>> {
    const key = pageKey(serverId, args);
    return pageOf(key, await context.load(this.#pages).load(key), context.load(this.count));
  }

  /** The ids of all members of a server, in the order of joining. */
  async userIds(serverId: string): Promise<string[]> {
    const rows = await this.#database.reader.find(Member, {
      where: { serverId },
      select: { userId: true },
      order: { id: 'ASC' },
    });
    return rows.map(({ userId }) => userId);
  }

  readonly #pages: Batch<PageKey, Entry<Member>[]> = (keys) =>
    readPages(this.#database.reader, members, keys, async (ids) => {
      const rows = await this.#database.reader.findBy(Member, { id: In([...ids]) });
      return new Map(rows.map((member) => [member.id, member]));
    });
}
