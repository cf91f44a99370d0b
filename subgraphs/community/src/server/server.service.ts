import type { Batch, Context } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import type { ConnectionArgs } from '@kopru/runtime/subgraph/connection.ts';
import { In } from 'typeorm';
import { Member } from '../member/member.ts';
import { type CountedConnection, counts, type Entry, type PageKey, pageKey, pageOf, readPages } from '../page/page.ts';
import { Server } from './server.ts';

const memberships = { table: 'member', owner: 'user_id', id: 'id' };

/** Reads servers, for whoever has found out that the reader may. */
export class ServerService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By id; null where there is none. */
  readonly byId: Batch<string, Server | null> = async (ids) => {
    const servers = await this.#database.reader.findBy(Server, { id: In([...ids]) });
    const found = new Map(servers.map((server) => [server.id, server]));
    return ids.map((id) => found.get(id) ?? null);
  };

  /** A person's servers in the order of joining. */
  async ofUser(context: Context, userId: string, args: ConnectionArgs): Promise<CountedConnection<Server>> {
    const key = pageKey(userId, args);
    return pageOf(key, await context.load(this.#pages).load(key), context.load(this.#countOfUser));
  }

  readonly #pages: Batch<PageKey, Entry<Server>[]> = (keys, context) =>
    readPages(this.#database.reader, memberships, keys, async (memberIds) => {
      const members = await this.#database.reader.findBy(Member, { id: In([...memberIds]) });
      const servers = context.load(this.byId);
      return new Map(
        await Promise.all(members.map(async ({ id, serverId }) => [id, await servers.load(serverId)] as const)),
      );
    });

  readonly #countOfUser: Batch<string, number> = (userIds) => counts(this.#database.reader, memberships, userIds);
}
