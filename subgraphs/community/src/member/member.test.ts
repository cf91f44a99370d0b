import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCommunity, told } from '../testing/community.ts';

const page = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { server(id: $id) {
  members(first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { user { id } } }
  }
} }`;
type Edge = { readonly cursor: string; readonly node: { readonly user: { readonly id: string } } };

describe.each(backends)('members on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  it('leaves, with the roles that were given', async () => {
    const server = await community.server();
    const userId = await community.member(server, await community.role(server, 'MANAGE_SERVER'));
    const events = await community.record(server.id, userId);
    expect(await community.change(userId, 'leaveServer', { serverId: server.id }, 'serverId')).toEqual({
      serverId: server.id,
    });
    expect(await community.refused(userId, 'leaveServer', { serverId: server.id })).toBe('FORBIDDEN Server');
    expect(await community.refused(userId, 'leaveServer', { serverId: newId() })).toBe('NOT_FOUND Server');
    expect(await community.refused(server.owner, 'leaveServer', { serverId: server.id })).toBe('CONFLICT Server');
    await expect
      .poll(() => told(events))
      .toEqual([
        { type: 'member.removed', serverId: server.id, userId, reason: 'LEFT' },
        { type: 'access.changed', userIds: [userId], serverId: server.id },
      ]);
    expect(events[0]?.topics).toEqual([`server:${server.id}`, `user:${userId}`, 'memberships']);
    await community.change(userId, 'joinServer', { code: await community.invite(server) }, 'server { id }');
    expect(await community.permissions(server, userId)).toBe('11');
  });

  it('is removed by those with KICK_MEMBERS and a higher role', async () => {
    const server = await community.server();
    const low = await community.role(server, 'KICK_MEMBERS');
    const high = await community.role(server);
    // The later role is the lower one.
    await community.change(server.owner, 'updateRole', { roleId: high, position: 2 }, 'role { id }');
    const kicker = await community.member(server, low);
    const peer = await community.member(server, low);
    const above = await community.member(server, high);
    const plain = await community.member(server);
    const kick = (as: string, userId: string) => community.refused(as, 'kickMember', { serverId: server.id, userId });
    expect(await kick(kicker, peer)).toBe('FORBIDDEN Member');
    expect(await kick(kicker, above)).toBe('FORBIDDEN Member');
    expect(await kick(kicker, kicker)).toBe('FORBIDDEN Member');
    expect(await kick(kicker, server.owner)).toBe('FORBIDDEN Member');
    expect(await kick(server.owner, server.owner)).toBe('FORBIDDEN Member');
    expect(await kick(above, plain)).toBe('FORBIDDEN Server');
    expect(await kick(newId(), plain)).toBe('FORBIDDEN Server');
    expect(await kick(kicker, newId())).toBe('NOT_FOUND Member');
    const events = await community.record(server.id, plain);
    const input = { serverId: server.id, userId: plain };
    expect(await community.change(kicker, 'kickMember', input, 'serverId userId')).toEqual(input);
    await community.change(server.owner, 'kickMember', { ...input, userId: above }, 'userId');
    await expect
      .poll(() => told(events).slice(0, 3))
      .toEqual([
        { type: 'member.removed', ...input, reason: 'KICKED' },
        { type: 'access.changed', userIds: [plain], serverId: server.id },
        { type: 'member.removed', serverId: server.id, userId: above, reason: 'KICKED' },
      ]);
    expect(await community.refused(plain, 'leaveServer', { serverId: server.id })).toBe('FORBIDDEN Server');
  });

  it('is removed once, however many do it at once', async () => {
    const server = await community.server();
    const userId = await community.member(server);
    const kicker = await community.member(server, await community.role(server, 'KICK_MEMBERS'));
    const events = await community.record(server.id);
    const results = await Promise.allSettled([
      ...[kicker, server.owner, kicker].map((as) =>
        community.change(as, 'kickMember', { serverId: server.id, userId }, 'userId'),
      ),
      community.change(userId, 'leaveServer', { serverId: server.id }, 'serverId'),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await community.channel(server, 'end');
    await expect
      .poll(() => events.map(({ type }) => type))
      .toEqual(['member.removed', 'channel.created', 'access.changed']);
  });

  it('cannot be kicked by somebody who is losing the role for it', async () => {
    const server = await community.server();
    const roleId = await community.role(server, 'KICK_MEMBERS');
    for (let round = 0; round < 5; round++) {
      const [kicker, userId] = [await community.member(server, roleId), await community.member(server)];
      const events = await community.record(server.id);
      await Promise.allSettled([
        community.change(kicker, 'kickMember', { serverId: server.id, userId }, 'userId'),
        community.change(
          server.owner,
          'unassignRole',
          { serverId: server.id, userId: kicker, roleId },
          'member { id }',
        ),
      ]);
      await expect.poll(() => events.map(({ type }) => type)).toContain('member.updated');
      const types = events.map(({ type }) => type);
      if (types.includes('member.removed'))
        expect(types.indexOf('member.removed')).toBeLessThan(types.indexOf('member.updated'));
    }
  });

  it('has a nickname that they choose, or those with MANAGE_SERVER and a higher role', async () => {
    const server = await community.server();
    const manager = await community.member(server, await community.role(server, 'MANAGE_SERVER'));
    const plain = await community.member(server);
    const events = await community.record(server.id);
    const name = (as: string, input: object) =>
      community.change(as, 'updateMember', { serverId: server.id, ...input }, 'member { nickname user { id } }');
    const called = async (userId: string) => {
      const query = 'query ($id: ID!, $userId: ID!) { server(id: $id) { member(userId: $userId) { nickname } } }';
      return (await community.run(query, { id: server.id, userId }, plain)).server.member;
    };
    expect(await name(plain, { nickname: ' Şule ' })).toEqual({ member: { nickname: 'Şule', user: { id: plain } } });
    expect(await called(plain)).toEqual({ nickname: 'Şule' });
    await name(manager, { userId: plain, nickname: 'Ömer' });
    await name(plain, { nickname: 'Ömer' });
    await name(plain, {});
    expect(await called(plain)).toEqual({ nickname: 'Ömer' });
    await name(server.owner, { userId: plain, nickname: null });
    expect(await called(plain)).toEqual({ nickname: null });
    expect(await called(newId())).toBeNull();
    const updated = { type: 'member.updated', serverId: server.id, userId: plain };
    await expect.poll(() => told(events)).toEqual([updated, updated, updated]);
    const refused = (as: string | undefined, input: object) =>
      community.refused(as, 'updateMember', { serverId: server.id, ...input });
    expect(await refused(plain, { userId: manager, nickname: 'x' })).toBe('FORBIDDEN Server');
    expect(await refused(manager, { userId: server.owner, nickname: 'x' })).toBe('FORBIDDEN Member');
    expect(await refused(manager, { userId: newId(), nickname: 'x' })).toBe('NOT_FOUND Member');
    expect(await refused(newId(), { nickname: 'x' })).toBe('FORBIDDEN Server');
    expect(await refused(plain, { serverId: newId(), nickname: 'x' })).toBe('NOT_FOUND Server');
    expect(await refused(undefined, { nickname: 'x' })).toBe('UNAUTHENTICATED');
    for (const nickname of ['', 'x'.repeat(101), 'two\nlines'])
      expect(await refused(plain, { nickname })).toBe('VALIDATION_FAILED nickname');
  });

  it('is listed in the order of joining, in pages from either end', async () => {
    const server = await community.server();
    const people = [server.owner];
    for (let count = 0; count < 6; count++) people.push(await community.member(server));
    const read = async (variables: object) =>
      (await community.run(page, { id: server.id, ...variables }, server.owner)).server.members;
    const users = (edges: readonly Edge[]) => edges.map(({ node }) => node.user.id);
    const forward: string[] = [];
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo, totalCount } = await read({ first: 3, after });
      expect(totalCount).toBe(7);
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0].cursor, edges.at(-1).cursor]);
      forward.push(...users(edges));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(forward).toEqual(people);
    const backward: string[] = [];
    for (let before: string | null = null; ; ) {
      const { edges, pageInfo } = await read({ last: 3, before });
      expect(pageInfo.hasNextPage).toBe(before !== null);
      backward.unshift(...users(edges));
      if (!pageInfo.hasPreviousPage) break;
      before = pageInfo.startCursor;
    }
    expect(backward).toEqual(people);
    const all = (await read({})).edges;
    const between = await read({ first: 10, after: all[1].cursor, before: all[4].cursor });
    expect(users(between.edges)).toEqual(people.slice(2, 4));
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ last: 101 }, 'last'],
    [{ first: 1, last: 1 }, 'first'],
    [{ after: 'x' }, 'after'],
  ])('has no page for %j', async (variables, field) => {
    const server = await community.server();
    const refused = await community.fail(page, { id: server.id, ...variables }, server.owner);
    expect(refused).toBe(`VALIDATION_FAILED ${field}`);
  });
});
