import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bits, TestCommunity, type TestServer, told } from '../testing/community.ts';

const fields = 'role { id name color position permissions isDefault }';

describe.each(backends)('roles on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  const create = (as: string, { id }: TestServer, input: object = {}) =>
    community.change(as, 'createRole', { serverId: id, name: 'role', ...input }, fields);
  const ranks = async ({ id, owner }: TestServer): Promise<string[]> => {
    const { roles } = (
      await community.run('query ($id: ID!) { server(id: $id) { roles { name position } } }', { id }, owner)
    ).server;
    return roles.map(({ name, position }: { name: string; position: number }) => `${position} ${name}`);
  };
  /** A server whose roles are, from the top: high, middle (which manages roles), low; and a member with the middle one. */
  const ranked = async () => {
    const server = await community.server();
    const high = (await create(server.owner, server, { name: 'high' })).role.id;
    const permissions = bits('MANAGE_ROLES', 'KICK_MEMBERS');
    const middle = (await create(server.owner, server, { name: 'middle', permissions })).role.id;
    const low = (await create(server.owner, server, { name: 'low' })).role.id;
    return { server, high, middle, low, manager: await community.member(server, middle) };
  };

  it('is made as the lowest but for the default role', async () => {
    const { server, manager } = await ranked();
    expect(await ranks(server)).toEqual(['3 high', '2 middle', '1 low', '0 @everyone']);
    const events = await community.record(server.id);
    const input = { name: ' new ', color: '#A1B2C3', permissions: bits('KICK_MEMBERS') };
    expect((await create(manager, server, input)).role).toEqual({
      id: expect.any(String),
      name: 'new',
      color: '#a1b2c3',
      position: 1,
      permissions: '128',
      isDefault: false,
    });
    expect(await ranks(server)).toEqual(['4 high', '3 middle', '2 low', '1 new', '0 @everyone']);
    await expect.poll(() => told(events)).toEqual([{ type: 'roles.changed', serverId: server.id }]);
  });

  it('is made by those with MANAGE_ROLES and a role, who grant what they have', async () => {
    const { server, manager } = await ranked();
    const plain = await community.member(server, await community.role(server, 'MANAGE_SERVER'));
    const refused = (as: string, input: object = {}) =>
      community.refused(as, 'createRole', { serverId: server.id, name: 'role', ...input });
    expect(await refused(plain)).toBe('FORBIDDEN Server');
    expect(await refused(newId())).toBe('FORBIDDEN Server');
    expect(await refused(manager, { serverId: newId() })).toBe('NOT_FOUND Server');
    expect(await refused(manager, { permissions: bits('BAN_MEMBERS') })).toBe('FORBIDDEN Role');
    expect(await refused(manager, { permissions: bits('ADMINISTRATOR') })).toBe('FORBIDDEN Role');
    expect(await refused(manager, { name: '' })).toBe('VALIDATION_FAILED name');
    for (const permissions of ['1024', '-1', '1.5', 'all', '', '99999999999'])
      expect(await refused(manager, { permissions })).toBe('VALIDATION_FAILED permissions');
    for (const color of ['red', '#12345', '#12345g'])
      expect(await refused(manager, { color })).toBe('VALIDATION_FAILED color');
    // Where everyone manages roles, those without one have nothing below them.
    const everyone = { roleId: server.everyone, permissions: bits('VIEW_CHANNEL', 'MANAGE_ROLES') };
    await community.change(server.owner, 'updateRole', everyone, fields);
    expect(await refused(await community.member(server))).toBe('FORBIDDEN Role');
  });

  it('grants anything where the maker is an administrator', async () => {
    const server = await community.server();
    const admin = await community.member(server, await community.role(server, 'ADMINISTRATOR'));
    expect((await create(admin, server, { permissions: '1023' })).role.permissions).toBe('1023');
    expect(await community.permissions(server, admin)).toBe('1023');
  });

  it('is changed by those above it', async () => {
    const { server, high, middle, low, manager } = await ranked();
    const events = await community.record(server.id);
    const refused = (as: string, input: object) => community.refused(as, 'updateRole', input);
    expect(await refused(manager, { roleId: high, name: 'x' })).toBe('FORBIDDEN Role');
    expect(await refused(manager, { roleId: middle, name: 'x' })).toBe('FORBIDDEN Role');
    expect(await refused(manager, { roleId: low, permissions: bits('BAN_MEMBERS') })).toBe('FORBIDDEN Role');
    expect(await refused(manager, { roleId: newId(), name: 'x' })).toBe('NOT_FOUND Role');
    expect(await refused(await community.member(server, high), { roleId: low, name: 'x' })).toBe('FORBIDDEN Role');
    expect(await refused(newId(), { roleId: low, name: 'x' })).toBe('FORBIDDEN Role');
    const change = (as: string, input: object) => community.change(as, 'updateRole', { roleId: low, ...input }, fields);
    const renamed = (await change(manager, { name: 'lower', color: '#000000' })).role;
    expect(renamed).toMatchObject({ name: 'lower', color: '#000000', position: 1, permissions: '0' });
    expect((await change(manager, { color: null, permissions: bits('KICK_MEMBERS') })).role).toMatchObject({
      name: 'lower',
      color: null,
      permissions: '128',
    });
    // What the role had already is nobody's gift.
    await change(server.owner, { permissions: bits('BAN_MEMBERS') });
    await change(manager, { permissions: bits('BAN_MEMBERS', 'KICK_MEMBERS') });
    await change(manager, { permissions: bits('BAN_MEMBERS', 'KICK_MEMBERS') });
    const [roles, access] = [
      { type: 'roles.changed', serverId: server.id },
      { type: 'access.changed', serverId: server.id },
    ];
    await expect
      .poll(() =>
        told(events)
          .filter(({ type }) => !type.startsWith('member.'))
          .filter((event) => !('userIds' in event)),
      )
      .toEqual([roles, roles, access, roles, access, roles, access]);
  });

  it('moves below the one who moves it', async () => {
    const { server, middle, low, manager } = await ranked();
    await create(server.owner, server, { name: 'lowest' });
    const move = (as: string, roleId: string, position: number) =>
      community.change(as, 'updateRole', { roleId, position }, fields);
    expect((await move(manager, low, 1)).role.position).toBe(1);
    expect(await ranks(server)).toEqual(['4 high', '3 middle', '2 lowest', '1 low', '0 @everyone']);
    expect(await community.refused(manager, 'updateRole', { roleId: low, position: 3 })).toBe('FORBIDDEN Role');
    expect(await community.refused(manager, 'updateRole', { roleId: low, position: 0 })).toBe(
      'VALIDATION_FAILED position',
    );
    expect(await ranks(server)).toEqual(['4 high', '3 middle', '2 lowest', '1 low', '0 @everyone']);
    expect((await move(server.owner, middle, 99)).role.position).toBe(4);
    expect(await ranks(server)).toEqual(['4 middle', '3 high', '2 lowest', '1 low', '0 @everyone']);
  });

  it('leaves the default role its name and place', async () => {
    const { server, manager } = await ranked();
    const roleId = server.everyone;
    expect(await community.refused(manager, 'updateRole', { roleId, name: 'x' })).toBe('CONFLICT Role');
    expect(await community.refused(manager, 'updateRole', { roleId, position: 1 })).toBe('CONFLICT Role');
    expect(await community.refused(manager, 'deleteRole', { roleId })).toBe('CONFLICT Role');
    const member = { serverId: server.id, userId: manager, roleId };
    expect(await community.refused(manager, 'assignRole', member)).toBe('CONFLICT Role');
    expect(await community.refused(manager, 'unassignRole', member)).toBe('CONFLICT Role');
    const events = await community.record(server.id);
    const quiet = { roleId, permissions: bits('VIEW_CHANNEL') };
    await community.change(manager, 'updateRole', quiet, fields);
    expect(await community.permissions(server, await community.member(server))).toBe('1');
    await expect
      .poll(() => told(events).slice(0, 2))
      .toEqual([
        { type: 'roles.changed', serverId: server.id },
        { type: 'access.changed', serverId: server.id },
      ]);
  });

  it('is deleted by those above it, and taken from those who have it', async () => {
    const { server, middle, low, manager } = await ranked();
    const member = await community.member(server, low);
    await community.change(server.owner, 'updateRole', { roleId: low, permissions: bits('MANAGE_SERVER') }, fields);
    expect(await community.permissions(server, member)).toBe('43');
    expect(await community.refused(manager, 'deleteRole', { roleId: middle })).toBe('FORBIDDEN Role');
    expect(await community.refused(member, 'deleteRole', { roleId: low })).toBe('FORBIDDEN Role');
    const events = await community.record(server.id);
    expect(await community.change(manager, 'deleteRole', { roleId: low }, 'roleId')).toEqual({ roleId: low });
    expect(await community.permissions(server, member)).toBe('11');
    expect(await ranks(server)).toEqual(['2 high', '1 middle', '0 @everyone']);
    expect(await community.refused(manager, 'deleteRole', { roleId: low })).toBe('NOT_FOUND Role');
    await expect
      .poll(() => told(events))
      .toEqual([
        { type: 'roles.changed', serverId: server.id },
        { type: 'access.changed', serverId: server.id },
      ]);
  });

  it('is given and taken by those above both the role and the member', async () => {
    const { server, high, middle, low, manager } = await ranked();
    const [plain, above, peer] = [
      await community.member(server),
      await community.member(server, high),
      await community.member(server, middle),
    ];
    for (const mutation of ['assignRole', 'unassignRole']) {
      const refused = (as: string, userId: string, roleId: string) =>
        community.refused(as, mutation, { serverId: server.id, userId, roleId });
      expect(await refused(manager, plain, high)).toBe('FORBIDDEN Role');
      expect(await refused(manager, plain, middle)).toBe('FORBIDDEN Role');
      expect(await refused(manager, above, low)).toBe('FORBIDDEN Member');
      expect(await refused(manager, peer, low)).toBe('FORBIDDEN Member');
      expect(await refused(manager, server.owner, low)).toBe('FORBIDDEN Member');
      expect(await refused(manager, newId(), low)).toBe('NOT_FOUND Member');
      expect(await refused(manager, plain, newId())).toBe('NOT_FOUND Role');
      expect(await refused(above, plain, low)).toBe('FORBIDDEN Role');
      expect(await refused(newId(), plain, low)).toBe('FORBIDDEN Server');
      const elsewhere = await community.server();
      expect(await refused(manager, plain, await community.role(elsewhere))).toBe('NOT_FOUND Role');
    }
    const events = await community.record(server.id, plain);
    const input = { serverId: server.id, userId: plain, roleId: low };
    const member = 'member { user { id } roles { name } }';
    const twice = async (mutation: string) => {
      await community.change(manager, mutation, input, member);
      return (await community.change(manager, mutation, input, member)).member;
    };
    expect(await twice('assignRole')).toEqual({ user: { id: plain }, roles: [{ name: 'low' }] });
    expect(await twice('unassignRole')).toEqual({ user: { id: plain }, roles: [] });
    // Oneself as well, and the owner anything.
    await community.change(manager, 'assignRole', { ...input, userId: manager }, member);
    await community.change(server.owner, 'assignRole', { ...input, userId: server.owner, roleId: high }, member);
    const once = [
      { type: 'member.updated', serverId: server.id, userId: plain },
      { type: 'access.changed', userIds: [plain], serverId: server.id },
    ];
    await expect.poll(() => told(events).slice(0, 4)).toEqual([...once, ...once]);
  });

  it('is not given by those who lack what it allows', async () => {
    const { server, low, manager } = await ranked();
    await community.change(server.owner, 'updateRole', { roleId: low, permissions: bits('BAN_MEMBERS') }, fields);
    for (const userId of [manager, await community.member(server)])
      expect(await community.refused(manager, 'assignRole', { serverId: server.id, userId, roleId: low })).toBe(
        'FORBIDDEN Role',
      );
    expect(await community.permissions(server, manager)).toBe(String(11 + 64 + 128));
  });

  it('keeps every place once where many are made at once', async () => {
    const server = await community.server();
    await Promise.all(Array.from({ length: 6 }, () => create(server.owner, server)));
    expect((await ranks(server)).map((rank) => rank.split(' ')[0])).toEqual(['6', '5', '4', '3', '2', '1', '0']);
  });
});
