import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCommunity, told } from '../testing/community.ts';

const fields = 'ban { user { id } reason bannedBy { id } createdAt }';
const list = `query ($id: ID!, $first: Int, $after: String) { server(id: $id) { bans(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { node { user { id } reason bannedBy { id } createdAt } }
} } }`;

describe.each(backends)('bans on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  it('removes a member and keeps them out until it is lifted', async () => {
    const server = await community.server();
    const banner = await community.member(server, await community.role(server, 'BAN_MEMBERS'));
    const userId = await community.member(server);
    const code = await community.invite(server);
    const events = await community.record(server.id, userId);
    const input = { serverId: server.id, userId, reason: ' spam ' };
    const { ban } = await community.change(banner, 'banMember', input, fields);
    expect(ban).toMatchObject({ user: { id: userId }, reason: 'spam', bannedBy: { id: banner } });
    const again = { ...input, reason: 'other' };
    expect((await community.change(server.owner, 'banMember', again, fields)).ban).toEqual(ban);
    expect(await community.refused(userId, 'joinServer', { code })).toBe('FORBIDDEN Server');
    const target = { serverId: server.id, userId };
    expect(await community.change(banner, 'unbanMember', target, 'serverId userId')).toEqual(target);
    expect(await community.refused(banner, 'unbanMember', target)).toBe('NOT_FOUND Ban');
    await community.change(userId, 'joinServer', { code }, 'server { id }');
    await expect
      .poll(() => told(events))
      .toEqual([
        { type: 'member.removed', ...target, reason: 'BANNED' },
        { type: 'access.changed', userIds: [userId], serverId: server.id },
        { type: 'member.added', ...target },
        { type: 'access.changed', userIds: [userId], serverId: server.id },
      ]);
  });

  it('keeps out people who are no members', async () => {
    const server = await community.server();
    const [userId, unknown, closed] = [newId(), newId(), newId()];
    community.unknown.add(unknown);
    community.closed.add(closed);
    const ban = { serverId: server.id, userId };
    await community.change(server.owner, 'banMember', ban, fields);
    await community.change(server.owner, 'banMember', { ...ban, userId: closed }, fields);
    expect(await community.refused(server.owner, 'banMember', { ...ban, userId: unknown })).toBe('NOT_FOUND User');
    expect(await community.refused(server.owner, 'banMember', { ...ban, userId: 'x' })).toBe('NOT_FOUND User');
    const code = await community.invite(server);
    expect(await community.refused(userId, 'joinServer', { code })).toBe('FORBIDDEN Server');
  });

  it('takes BAN_MEMBERS and a higher role', async () => {
    const server = await community.server();
    const roleId = await community.role(server, 'BAN_MEMBERS');
    const [banner, peer] = [await community.member(server, roleId), await community.member(server, roleId)];
    const plain = await community.member(server, await community.role(server, 'KICK_MEMBERS'));
    const refused = (as: string, userId: string) => community.refused(as, 'banMember', { serverId: server.id, userId });
    expect(await refused(banner, peer)).toBe('FORBIDDEN Member');
    expect(await refused(banner, banner)).toBe('FORBIDDEN Member');
    expect(await refused(banner, server.owner)).toBe('FORBIDDEN Member');
    expect(await refused(plain, newId())).toBe('FORBIDDEN Server');
    expect(await refused(newId(), plain)).toBe('FORBIDDEN Server');
    expect(await community.refused(banner, 'banMember', { serverId: newId(), userId: plain })).toBe('NOT_FOUND Server');
    const reason = { serverId: server.id, userId: plain, reason: 'x'.repeat(1001) };
    expect(await community.refused(banner, 'banMember', reason)).toBe('VALIDATION_FAILED reason');
    expect(await community.refused(plain, 'unbanMember', { serverId: server.id, userId: peer })).toBe(
      'FORBIDDEN Server',
    );
    expect(await community.fail(list, { id: server.id }, plain)).toBe('FORBIDDEN Server');
    await community.change(banner, 'banMember', { serverId: server.id, userId: plain }, fields);
  });

  it('is listed in pages for those with BAN_MEMBERS', async () => {
    const server = await community.server();
    const banner = await community.member(server, await community.role(server, 'BAN_MEMBERS'));
    const people = [newId(), newId(), newId()];
    for (const userId of people)
      await community.change(banner, 'banMember', { serverId: server.id, userId, reason: 'r' }, fields);
    const read = async (variables: object) =>
      (await community.run(list, { id: server.id, ...variables }, banner)).server.bans;
    const first = await read({ first: 2 });
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const rest = await read({ first: 2, after: first.pageInfo.endCursor });
    expect(rest.pageInfo.hasNextPage).toBe(false);
    const users = [...first.edges, ...rest.edges].map(({ node }) => node.user.id);
    expect(users).toEqual(people);
    expect(first.edges[0].node).toMatchObject({ reason: 'r', bannedBy: { id: banner } });
  });
});
