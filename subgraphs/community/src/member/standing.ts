import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { everyPermission, together } from '../permission/permission.ts';
import { defaultPosition, MemberRole, Role } from '../role/role.ts';
import { Server } from '../server/server.ts';
import { Member, type MemberKey, memberKey, ofMemberKey } from './member.ts';

/** What a member may do in their server, and how high they rank. */
export interface Standing {
  readonly memberId: string;
  readonly serverId: string;
  readonly userId: string;
  readonly isOwner: boolean;
  readonly permissions: number;
  /** The position of their highest role; `defaultPosition` without any. */
  readonly highest: number;
}

/** As many as MariaDB looks up by an index in one statement. */
const keysAtOnce = 900;

/** The standing of each that is a member, else null. */
export async function standings(manager: EntityManager, keys: readonly MemberKey[]): Promise<(Standing | null)[]> {
  const found = new Map<MemberKey, Standing>();
  for (let start = 0; start < keys.length; start += keysAtOnce) {
    const some = keys.slice(start, start + keysAtOnce);
    for (const standing of await readStandings(manager, (query) => ofMembers(query, some)))
      found.set(memberKey(standing.serverId, standing.userId), standing);
  }
  return keys.map((key) => found.get(key) ?? null);
}

/** The standing of one person in each of their servers, in the order of joining. */
export const standingsOf = (manager: EntityManager, userId: string): Promise<Standing[]> =>
  readStandings(manager, (query) => query.where('member.userId = :userId', { userId }).orderBy('member.id'));

/** Narrows a query on `member` to these memberships. */
export function ofMembers<Row extends object>(
  query: SelectQueryBuilder<Row>,
  keys: readonly MemberKey[],
): SelectQueryBuilder<Row> {
  const parameters: Record<string, string> = {};
  const rows = keys.map((key, index) => {
    const [serverId, userId] = ofMemberKey(key);
    Object.assign(parameters, { [`user${index}`]: userId, [`server${index}`]: serverId });
    return `(:user${index}, :server${index})`;
  });
  // Each of the two takes only its own form of a list of rows.
  const list = query.connection.options.type === 'better-sqlite3' ? `VALUES ${rows.join(', ')}` : rows.join(', ');
  return query.where(`(member.userId, member.serverId) IN (${list})`, parameters);
}

interface RawStanding {
  readonly memberId: string;
  readonly serverId: string;
  readonly userId: string;
  readonly ownerId: string;
  readonly everyone: number;
  readonly permissions: number | null;
  readonly position: number | null;
}

async function readStandings(
  manager: EntityManager,
  narrow: (query: SelectQueryBuilder<Member>) => SelectQueryBuilder<Member>,
): Promise<Standing[]> {
  const query = manager
    .createQueryBuilder(Member, 'member')
    .innerJoin(Server, 'server', 'server.id = member.serverId')
    .innerJoin(Role, 'everyone', `everyone.serverId = member.serverId AND everyone.position = ${defaultPosition}`)
    .leftJoin(MemberRole, 'given', 'given.memberId = member.id')
    .leftJoin(Role, 'role', 'role.id = given.roleId')
    .select('member.id', 'memberId')
    .addSelect('member.serverId', 'serverId')
    .addSelect('member.userId', 'userId')
    .addSelect('server.ownerId', 'ownerId')
    .addSelect('everyone.permissionSet', 'everyone')
    .addSelect('role.permissionSet', 'permissions')
    .addSelect('role.position', 'position');
  const rows = await narrow(query).getRawMany<RawStanding>();
  return [...Map.groupBy(rows, (row) => row.memberId).values()].map(standingFrom);
}

/** From one row for each role that the member was given, at least one. */
function standingFrom(rows: readonly RawStanding[]): Standing {
  const { memberId, serverId, userId, ownerId, everyone } = rows[0] as RawStanding;
  const isOwner = ownerId === userId;
  return {
    memberId,
    serverId,
    userId,
    isOwner,
    permissions: isOwner ? everyPermission : together([everyone, ...rows.map((row) => row.permissions ?? 0)]),
    highest: Math.max(defaultPosition, ...rows.map((row) => row.position ?? defaultPosition)),
  };
}
