import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCommunity, told } from '../testing/community.ts';

const read = `query ($id: ID!) { server(id: $id) {
  id name description iconUrl createdAt updatedAt owner { id } memberCount viewerPermissions
  viewerMember { user { id } joinedAt nickname roles { id } permissions server { id } }
  channels { id name type position topic server { id } recipients { id } viewerPermissions }
  roles { name position permissions isDefault color }
} }`;

describe.each(backends)('servers on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  it('begins with its owner, a default role and a channel', async () => {
    const owner = newId();
    const input = { name: '  Köprü ', description: 'A bridge', iconUrl: 'https://example.org/i.png' };
    const { server } = await community.change(owner, 'createServer', input, 'server { id }');
    const found = (await community.run(read, { id: server.id }, owner)).server;
    expect(found).toMatchObject({
      name: 'Köprü',
      description: 'A bridge',
      iconUrl: 'https://example.org/i.png',
      owner: { id: owner },
      memberCount: 1,
      viewerPermissions: '1023',
      viewerMember: { user: { id: owner }, nickname: null, roles: [], permissions: '1023', server: { id: server.id } },
      roles: [{ name: '@everyone', position: 0, permissions: '11', isDefault: true, color: null }],
      channels: [
        {
          name: 'general',
          type: 'TEXT',
          position: 0,
          topic: null,
          server: { id: server.id },
          recipients: [],
          viewerPermissions: '1023',
        },
      ],
    });
    expect(found.updatedAt).toBe(found.createdAt);
    expect(Math.abs(Date.parse(found.createdAt) - Date.now())).toBeLessThan(60_000);
    expect(found.viewerMember.joinedAt).toMatch(/^\d{4}-.*\.\d{3}Z$/);
  });

  it('tells its owner of the new server', async () => {
    const owner = newId();
    const events = await community.record('none', owner);
    const { id } = await community.server(owner);
    await expect
      .poll(() => told(events))
      .toEqual([
        { type: 'member.added', serverId: id, userId: owner },
        { type: 'access.changed', serverId: id, userIds: [owner] },
      ]);
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 'two\nlines' }, 'name'],
    [{ name: 'x', description: 'x'.repeat(1001) }, 'description'],
    [{ name: 'x', iconUrl: 'javascript:alert(1)' }, 'iconUrl'],
    [{ name: 'x', iconUrl: `https://example.org/${'x'.repeat(2048)}` }, 'iconUrl'],
    [{ name: '', iconUrl: 'icon' }, 'name,iconUrl'],
  ])('refuses %j', async (input, fields) => {
    expect(await community.refused(newId(), 'createServer', input)).toBe(`VALIDATION_FAILED ${fields}`);
  });

  it('counts characters, not code units', async () => {
    const name = '🌉'.repeat(100);
    const { server } = await community.change(newId(), 'createServer', { name }, 'server { name }');
    expect(server.name).toBe(name);
  });

  it('is shown to its members alone', async () => {
    const server = await community.server();
    const member = await community.member(server);
    expect((await community.run(read, { id: server.id }, member)).server.viewerPermissions).toBe('11');
    expect(await community.fail(read, { id: server.id }, newId())).toBe('FORBIDDEN Server');
    expect(await community.fail(read, { id: server.id })).toBe('UNAUTHENTICATED');
    expect(await community.fail(read, { id: newId() }, member)).toBe('NOT_FOUND Server');
    expect(await community.fail(read, { id: 'no-uuid' }, member)).toBe('NOT_FOUND Server');
  });

  it('refuses every mutation to those who are not signed in', async () => {
    expect(await community.refused(undefined, 'createServer', { name: 'x' })).toBe('UNAUTHENTICATED');
    expect(await community.refused({ asService: true }, 'createServer', { name: 'x' })).toBe('UNAUTHENTICATED');
  });

  it('is changed by those with MANAGE_SERVER', async () => {
    const server = await community.server();
    const manager = await community.member(server, await community.role(server, 'MANAGE_SERVER'));
    const admin = await community.member(server, await community.role(server, 'ADMINISTRATOR'));
    const member = await community.member(server, await community.role(server, 'MANAGE_CHANNELS', 'MANAGE_ROLES'));
    const events = await community.record(server.id);
    const fields = 'server { name description iconUrl createdAt updatedAt }';
    const input = { serverId: server.id, name: 'New', description: ' text ' };
    expect((await community.change(manager, 'updateServer', input, fields)).server).toMatchObject({
      name: 'New',
      description: 'text',
      iconUrl: null,
    });
    const cleared = { serverId: server.id, name: null, description: null, iconUrl: 'http://example.org' };
    const after = (await community.change(admin, 'updateServer', cleared, fields)).server;
    expect(after).toMatchObject({ name: 'New', description: null, iconUrl: 'http://example.org' });
    expect(Date.parse(after.updatedAt)).toBeGreaterThanOrEqual(Date.parse(after.createdAt));
    expect((await community.run(read, { id: server.id }, member)).server).toMatchObject(after);
    // Changes nothing, so nobody hears of it.
    await community.change(admin, 'updateServer', { serverId: server.id, name: 'New' }, fields);
    await community.change(server.owner, 'updateServer', { serverId: server.id, name: 'Last' }, fields);
    expect(await community.refused(member, 'updateServer', input)).toBe('FORBIDDEN Server');
    expect(await community.refused(newId(), 'updateServer', input)).toBe('FORBIDDEN Server');
    expect(await community.refused(member, 'updateServer', { serverId: newId() })).toBe('NOT_FOUND Server');
    expect(await community.refused(manager, 'updateServer', { ...input, name: '' })).toBe('VALIDATION_FAILED name');
    const updated = { type: 'server.updated', serverId: server.id };
    await expect.poll(() => told(events)).toEqual([updated, updated, updated]);
  });

  it('is given away by its owner to a member', async () => {
    const server = await community.server();
    const heir = await community.member(server);
    const admin = await community.member(server, await community.role(server, 'ADMINISTRATOR'));
    const events = await community.record(server.id, heir);
    const input = { serverId: server.id, userId: heir };
    expect(await community.refused(admin, 'transferOwnership', input)).toBe('FORBIDDEN Server');
    expect(await community.refused(server.owner, 'transferOwnership', { ...input, userId: newId() })).toBe(
      'NOT_FOUND Member',
    );
    await community.change(server.owner, 'transferOwnership', { ...input, userId: server.owner }, 'server { id }');
    const payload = await community.change(server.owner, 'transferOwnership', input, 'server { owner { id } }');
    expect(payload.server.owner.id).toBe(heir);
    expect(await community.permissions(server, heir)).toBe('1023');
    expect(await community.permissions(server, server.owner)).toBe('11');
    expect(await community.refused(server.owner, 'transferOwnership', input)).toBe('FORBIDDEN Server');
    await expect
      .poll(() => told(events))
      .toEqual([
        { type: 'server.updated', serverId: server.id },
        { type: 'access.changed', userIds: [server.owner, heir], serverId: server.id },
      ]);
  });

  it('has one owner after several transfers at once', async () => {
    const server = await community.server();
    const heirs = await Promise.all([1, 2, 3, 4].map(() => community.member(server)));
    const results = await Promise.allSettled(
      heirs.map((userId) =>
        community.change(server.owner, 'transferOwnership', { serverId: server.id, userId }, 'server { owner { id } }'),
      ),
    );
    const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.server.owner.id] : []));
    expect(done).toHaveLength(1);
    const { server: found } = await community.run(read, { id: server.id }, server.owner);
    expect(found.owner.id).toBe(done[0]);
  });

  it('goes with all that belongs to it, and its members hear of it', async () => {
    const server = await community.server();
    const admin = await community.member(server, await community.role(server, 'ADMINISTRATOR'));
    await community.change(server.owner, 'banMember', { serverId: server.id, userId: newId() }, 'ban { createdAt }');
    const other = await community.channel(server, 'other');
    const code = await community.invite(server);
    const events = await community.record(server.id);
    expect(await community.refused(admin, 'deleteServer', { serverId: server.id })).toBe('FORBIDDEN Server');
    const payload = await community.change(server.owner, 'deleteServer', { serverId: server.id }, 'serverId');
    expect(payload).toEqual({ serverId: server.id });
    expect(await community.fail(read, { id: server.id }, admin)).toBe('NOT_FOUND Server');
    expect(await community.refused(newId(), 'joinServer', { code })).toBe('NOT_FOUND Invite');
    await expect
      .poll(() => told(events))
      .toEqual([
        { type: 'server.deleted', serverId: server.id, channelIds: expect.arrayContaining([server.general, other]) },
        { type: 'access.changed', serverId: server.id },
      ]);
    expect(events.map(({ topics }) => topics)).toEqual([
      [`server:${server.id}`, 'memberships'],
      ['access', `access:server:${server.id}`],
    ]);
    const { reader } = community.graph.database;
    for (const table of ['member', 'role', 'channel', 'invite', 'ban'])
      expect(await reader.query(`SELECT * FROM \`${table}\` WHERE server_id = ?`, [server.id])).toEqual([]);
    const orphans = 'SELECT * FROM member_role WHERE member_id NOT IN (SELECT id FROM member)';
    expect(await reader.query(orphans)).toEqual([]);
  });

  it('shows each change of one request to what comes after it', async () => {
    const server = await community.server();
    const create = (alias: string) =>
      `${alias}: createChannel(input: { serverId: "${server.id}", name: "${alias}" }) { channel { server { channels { name } } } }`;
    const data = await community.run(`mutation { ${create('first')} ${create('second')} }`, {}, server.owner);
    const names = (alias: string) => data[alias].channel.server.channels.map(({ name }: { name: string }) => name);
    expect(names('first')).toEqual(['general', 'first']);
    expect(names('second')).toEqual(['general', 'first', 'second']);
  });
});
