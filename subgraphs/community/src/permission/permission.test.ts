import { describe, expect, it } from 'vitest';
import { allows, everyPermission, inChannel, permission, together, usualPermissions } from './permission.ts';

describe('permissions', () => {
  it('have the values that the graph promises', () => {
    expect(Object.values(permission)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
    expect(usualPermissions).toBe(11);
  });

  it('add up, and ADMINISTRATOR is all of them', () => {
    expect(together([permission.VIEW_CHANNEL, permission.BAN_MEMBERS, permission.VIEW_CHANNEL])).toBe(257);
    expect(together([permission.ADMINISTRATOR])).toBe(everyPermission);
    expect(together([])).toBe(0);
  });

  it('are none in a channel that is not seen', () => {
    expect(inChannel(everyPermission & ~permission.VIEW_CHANNEL)).toBe(0);
    expect(inChannel(usualPermissions)).toBe(usualPermissions);
    expect(allows(usualPermissions, 'MANAGE_MESSAGES')).toBe(false);
  });
});
