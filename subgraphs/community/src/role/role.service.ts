import type { Batch } from '@kopru/runtime/context.ts';
import type { Database } from '@kopru/runtime/database/database.ts';
import { In } from 'typeorm';
import { byRank, defaultPosition, MemberRole, Role } from './role.ts';

/** Reads roles, for whoever has found out that the reader may. */
export class RoleService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All roles of each server, the highest first. */
  readonly ofServer: Batch<string, Role[]> = async (serverIds) => {
    const roles = await this.#database.reader.findBy(Role, { serverId: In([...serverIds]) });
    const found = Map.groupBy(roles.sort(byRank), ({ serverId }) => serverId);
    return serverIds.map((id) => found.get(id) ?? []);
  };

  /** The roles that each member was given, by the id of the membership, the highest first. */
  readonly ofMember: Batch<string, Role[]> = async (memberIds) => {
    const { entities, raw } = await this.#database.reader
      .createQueryBuilder(Role, 'role')
      .innerJoin(MemberRole, 'given', 'given.roleId = role.id')
      .addSelect('given.roleId', 'roleId')
      .addSelect('given.memberId', 'memberId')
      .where('given.memberId IN (:...memberIds)', { memberIds })
      .getRawAndEntities<{ roleId: string; memberId: string }>();
    const roles = new Map(entities.map((role) => [role.id, role]));
    const links = Map.groupBy(raw, ({ memberId }) => memberId);
    return memberIds.map((id) => (links.get(id) ?? []).flatMap(({ roleId }) => roles.get(roleId) ?? []).sort(byRank));
  };

  /** What the default role of each server allows; null where there is no such server. */
  readonly everyoneMay: Batch<string, number | null> = async (serverIds) => {
    const roles = await this.#database.reader.findBy(Role, { serverId: In([...serverIds]), position: defaultPosition });
    const found = new Map(roles.map((role) => [role.serverId, role.permissionSet]));
    return serverIds.map((id) => found.get(id) ?? null);
  };
}
