import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { type FindOptionsWhere, In } from 'typeorm';
import { Invite, isUsable } from './invite.ts';

/** Reads invites; those by which nobody can join any more are not shown. */
export class InviteService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By code; null where there is none. */
  readonly byCode: Batch<string, Invite | null> = async (codes) => {
    const found = new Map((await this.#usable({ code: In([...codes]) })).map((invite) => [invite.code, invite]));
    return codes.map((code) => found.get(code) ?? null);
  };

  /** Of each server, the newest first. */
  readonly ofServer: Batch<string, Invite[]> = async (serverIds) => {
    const invites = await this.#usable({ serverId: In([...serverIds]) });
    const newestFirst = invites.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    const found = Map.groupBy(newestFirst, ({ serverId }) => serverId);
    return serverIds.map((id) => found.get(id) ?? []);
  };

  async #usable(where: FindOptionsWhere<Invite>): Promise<Invite[]> {
    const invites = await this.#database.reader.findBy(Invite, where);
    return invites.filter((invite) => isUsable(invite));
  }
}
