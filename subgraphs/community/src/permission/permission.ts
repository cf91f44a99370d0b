/** What a member may do, a bit each. The values are public: the graph gives and takes sets of them as decimal text. */
export const permission = {
  VIEW_CHANNEL: 1 << 0,
  SEND_MESSAGES: 1 << 1,
  MANAGE_MESSAGES: 1 << 2,
  CREATE_INVITE: 1 << 3,
  MANAGE_CHANNELS: 1 << 4,
  MANAGE_SERVER: 1 << 5,
  MANAGE_ROLES: 1 << 6,
  KICK_MEMBERS: 1 << 7,
  BAN_MEMBERS: 1 << 8,
  ADMINISTRATOR: 1 << 9,
} as const;
export type PermissionName = keyof typeof permission;

export const everyPermission = Object.values(permission).reduce((set, bit) => set | bit, 0);
/** What the default role of a new server allows. */
export const usualPermissions = permission.VIEW_CHANNEL | permission.SEND_MESSAGES | permission.CREATE_INVITE;
/** What both people of a direct channel may do there. */
export const directPermissions = permission.VIEW_CHANNEL | permission.SEND_MESSAGES;

export const allows = (set: number, name: PermissionName): boolean => (set & permission[name]) !== 0;

/** What several roles allow together; ADMINISTRATOR is all of them. */
export function together(sets: Iterable<number>): number {
  let all = 0;
  for (const set of sets) all |= set;
  return allows(all, 'ADMINISTRATOR') ? everyPermission : all;
}

/** What can be done in a channel: nothing by those who do not see it. */
export const inChannel = (set: number): number => (allows(set, 'VIEW_CHANNEL') ? set : 0);

/** For descriptions in the graph. */
export const permissionBits = `A decimal number whose bits are ${Object.entries(permission)
  .map(([name, bit]) => `${name} ${bit}`)
  .join(', ')}.`;
