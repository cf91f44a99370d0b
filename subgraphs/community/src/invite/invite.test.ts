import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestCommunity, told } from '../testing/community.ts';

const fields = 'invite { code serverId serverName memberCount inviter { id } createdAt expiresAt maxUses uses }';
const read = `query ($code: ID!) { ${fields.replace('invite', 'invite(code: $code)')} }`;
const listed = 'query ($id: ID!) { server(id: $id) { invites { code } } }';

describe.each(backends)('invites on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  const codes = async (id: string, as: string): Promise<string[]> =>
    (await community.run(listed, { id }, as)).server.invites.map(({ code }: { code: string }) => code);
  const join = (as: string, code: string) => community.change(as, 'joinServer', { code }, 'member { id user { id } }');

  it('says where it leads to whoever knows it', async () => {
    const server = await community.server();
    const input = { serverId: server.id, maxUses: 5, expiresInSeconds: 60 };
    const { invite } = await community.change(server.owner, 'createInvite', input, fields);
    expect(invite).toMatchObject({
      code: expect.stringMatching(/^[\w-]{22}$/),
      serverId: server.id,
      serverName: 'Home',
      memberCount: 1,
      inviter: { id: server.owner },
      maxUses: 5,
      uses: 0,
    });
    expect(Date.parse(invite.expiresAt) - Date.parse(invite.createdAt)).toBe(60_000);
    expect((await community.run(read, { code: invite.code }, newId())).invite).toEqual(invite);
    expect(await community.fail(read, { code: invite.code })).toBe('UNAUTHENTICATED');
    expect(await community.fail(read, { code: invite.code.toLowerCase() }, newId())).toBe('NOT_FOUND Invite');
  });

  it('is made by those with CREATE_INVITE', async () => {
    const server = await community.server();
    const input = { serverId: server.id };
    const member = await community.member(server);
    expect((await community.change(member, 'createInvite', input, fields)).invite).toMatchObject({
      expiresAt: null,
      maxUses: null,
    });
    await community.change(server.owner, 'updateRole', { roleId: server.everyone, permissions: '3' }, 'role { id }');
    const allowed = await community.member(server, await community.role(server, 'CREATE_INVITE'));
    await community.change(allowed, 'createInvite', input, fields);
    expect(await community.refused(member, 'createInvite', input)).toBe('FORBIDDEN Server');
    expect(await community.refused(newId(), 'createInvite', input)).toBe('FORBIDDEN Server');
    expect(await community.refused(member, 'createInvite', { serverId: newId() })).toBe('NOT_FOUND Server');
    for (const broken of [{ maxUses: 0 }, { expiresInSeconds: 0 }])
      expect(await community.refused(allowed, 'createInvite', { ...input, ...broken })).toBe(
        `VALIDATION_FAILED ${Object.keys(broken)[0]}`,
      );
  });

  it('is listed for those with MANAGE_SERVER, while it can be used', async () => {
    const server = await community.server();
    const manager = await community.member(server, await community.role(server, 'MANAGE_SERVER'));
    const member = await community.member(server);
    const before = await codes(server.id, manager);
    const once = await community.invite(server, { maxUses: 1 });
    const often = await community.invite(server);
    expect((await codes(server.id, manager)).sort()).toEqual([once, often, ...before].sort());
    await join(newId(), once);
    expect((await codes(server.id, manager)).sort()).toEqual([often, ...before].sort());
    expect(await community.fail(listed, { id: server.id }, member)).toBe('FORBIDDEN Server');
  });

  it('makes a member, with an event', async () => {
    const server = await community.server();
    const code = await community.invite(server);
    const userId = newId();
    const events = await community.record(server.id, userId);
    const payload = await community.change(
      userId,
      'joinServer',
      { code },
      'server { id memberCount } member { id user { id } }',
    );
    expect(payload).toMatchObject({ server: { id: server.id, memberCount: 2 }, member: { user: { id: userId } } });
    // Joining again is no error, no event and no use.
    expect((await join(userId, code)).member).toEqual(payload.member);
    expect((await community.run(read, { code }, userId)).invite.uses).toBe(1);
    await community.channel(server, 'end');
    await expect
      .poll(() => told(events).slice(0, 3))
      .toEqual([
        { type: 'member.added', serverId: server.id, userId },
        { type: 'access.changed', userIds: [userId], serverId: server.id },
        expect.objectContaining({ type: 'channel.created' }),
      ]);
    expect(events[0]?.topics).toEqual([`server:${server.id}`, `user:${userId}`, 'memberships']);
  });

  it('lets a member join again by an invite that is used up', async () => {
    const server = await community.server();
    const code = await community.invite(server, { maxUses: 1 });
    const userId = newId();
    const { member } = await join(userId, code);
    expect((await join(userId, code)).member).toEqual(member);
    expect(await community.refused(newId(), 'joinServer', { code })).toBe('NOT_FOUND Invite');
    expect(await community.fail(read, { code }, userId)).toBe('NOT_FOUND Invite');
    expect(await community.refused(newId(), 'joinServer', { code: 'unknown' })).toBe('NOT_FOUND Invite');
  });

  it('is void once it has expired, and goes when the next is made', async () => {
    const server = await community.server();
    const code = await community.invite(server, { expiresInSeconds: 60 });
    const now = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: now + 61_000 });
    try {
      expect(await community.refused(newId(), 'joinServer', { code })).toBe('NOT_FOUND Invite');
      expect(await community.fail(read, { code }, server.owner)).toBe('NOT_FOUND Invite');
      expect(await codes(server.id, server.owner)).toEqual([]);
      const next = await community.invite(server);
      const rows = await community.graph.database.reader.query('SELECT code FROM invite WHERE server_id = ?', [
        server.id,
      ]);
      expect(rows).toEqual([{ code: next }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets in as many as it says, however many come at once', async () => {
    const server = await community.server();
    const code = await community.invite(server, { maxUses: 3 });
    const people = Array.from({ length: 12 }, newId);
    const results = await Promise.allSettled(people.map((userId) => join(userId, code)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const query = 'query ($id: ID!) { server(id: $id) { memberCount members { totalCount } } }';
    const found = (await community.run(query, { id: server.id }, server.owner)).server;
    expect(found).toEqual({ memberCount: 4, members: { totalCount: 4 } });
  });

  it('counts one person once, however often they join at once', async () => {
    const server = await community.server();
    const code = await community.invite(server, { maxUses: 1 });
    const userId = newId();
    const joined = await Promise.all(Array.from({ length: 8 }, () => join(userId, code)));
    expect(new Set(joined.map(({ member }) => member.id)).size).toBe(1);
  });

  it('does not let in who is banned', async () => {
    const server = await community.server();
    const userId = newId();
    await community.change(server.owner, 'banMember', { serverId: server.id, userId }, 'ban { createdAt }');
    const code = await community.invite(server, { maxUses: 1 });
    expect(await community.refused(userId, 'joinServer', { code })).toBe('FORBIDDEN Server');
    expect((await community.run(read, { code }, server.owner)).invite.uses).toBe(0);
  });

  it('is revoked by who made it and by those with MANAGE_SERVER', async () => {
    const server = await community.server();
    const manager = await community.member(server, await community.role(server, 'MANAGE_SERVER'));
    const [maker, member] = [await community.member(server), await community.member(server)];
    const make = async () =>
      (await community.change(maker, 'createInvite', { serverId: server.id }, fields)).invite.code as string;
    for (const by of [maker, manager]) {
      const code = await make();
      expect(await community.refused(member, 'revokeInvite', { code })).toBe('FORBIDDEN Invite');
      expect(await community.refused(newId(), 'revokeInvite', { code })).toBe('FORBIDDEN Invite');
      expect(await community.change(by, 'revokeInvite', { code }, 'code')).toEqual({ code });
      expect(await community.refused(by, 'revokeInvite', { code })).toBe('NOT_FOUND Invite');
      expect(await community.refused(newId(), 'joinServer', { code })).toBe('NOT_FOUND Invite');
    }
  });
});
