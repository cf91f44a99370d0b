import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asService, bits, TestCommunity } from '../testing/community.ts';

const access = `query ($requests: [ChannelAccessInput!]!) { channelAccess(requests: $requests) {
  channelId serverId userId canRead canSend canManageMessages recipientIds
} }`;
const scope = 'query ($userId: ID!) { viewerScope(userId: $userId) { serverIds channelIds } }';
const channelIds = 'query ($serverId: ID!) { serverChannelIds(serverId: $serverId) }';
const readers = `query ($serverId: ID!, $userIds: [ID!]!) {
  serverReaders(serverId: $serverId, userIds: $userIds) { userIds channelIds }
}`;
const memberIds = 'query ($serverId: ID!) { serverMemberIds(serverId: $serverId) }';

describe.each(backends)('what services ask on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  /** Read, send and manage, as letters: `rs-`. */
  const may = async (channelId: string, userId: string): Promise<string> => {
    const [found] = (await community.run(access, { requests: [{ channelId, userId }] }, asService)).channelAccess;
    return `${found.canRead ? 'r' : '-'}${found.canSend ? 's' : '-'}${found.canManageMessages ? 'm' : '-'}`;
  };

  it('answers services alone', async () => {
    const { owner, id, general } = await community.server();
    for (const as of [owner, undefined])
      for (const [query, variables] of [
        [access, { requests: [{ channelId: general, userId: owner }] }],
        [scope, { userId: owner }],
        [memberIds, { serverId: id }],
        [channelIds, { serverId: id }],
        [readers, { serverId: id, userIds: [owner] }],
      ] as const)
        expect(await community.fail(query, variables, as)).toBe('FORBIDDEN');
  });

  it('says what each may do in a text channel', async () => {
    const server = await community.server();
    const moderator = await community.member(server, await community.role(server, 'MANAGE_MESSAGES'));
    const member = await community.member(server);
    const setEveryone = (permissions: string) =>
      community.change(server.owner, 'updateRole', { roleId: server.everyone, permissions }, 'role { id }');
    expect(await may(server.general, server.owner)).toBe('rsm');
    expect(await may(server.general, moderator)).toBe('rsm');
    expect(await may(server.general, member)).toBe('rs-');
    expect(await may(server.general, newId())).toBe('---');
    await setEveryone(bits('VIEW_CHANNEL'));
    expect(await may(server.general, moderator)).toBe('r-m');
    expect(await may(server.general, member)).toBe('r--');
    await setEveryone(bits('SEND_MESSAGES'));
    expect(await may(server.general, server.owner)).toBe('rsm');
    expect(await may(server.general, moderator)).toBe('---');
    expect(await may(server.general, member)).toBe('---');
  });

  it('says what each may do in a direct channel', async () => {
    const { id, one, other } = await community.direct();
    expect(await may(id, one)).toBe('rs-');
    expect(await may(id, other)).toBe('rs-');
    expect(await may(id, newId())).toBe('---');
  });

  it('answers all requests in their order', async () => {
    const server = await community.server();
    const direct = await community.direct();
    const stranger = newId();
    const requests = [
      { channelId: server.general, userId: server.owner },
      { channelId: newId(), userId: server.owner },
      { channelId: direct.id, userId: stranger },
      { channelId: server.general, userId: stranger },
      { channelId: server.general, userId: server.owner },
    ];
    const answers = (await community.run(access, { requests }, asService)).channelAccess;
    const text = { canRead: true, canSend: true, canManageMessages: true, serverId: server.id, recipientIds: [] };
    const no = { canRead: false, canSend: false, canManageMessages: false };
    const recipientIds = [direct.one, direct.other].sort();
    expect(answers).toEqual([
      { ...requests[0], ...text },
      null,
      { ...requests[2], ...no, serverId: null, recipientIds },
      { ...requests[3], ...no, serverId: server.id, recipientIds: [] },
      { ...requests[4], ...text },
    ]);
    expect((await community.run(access, { requests: [] }, asService)).channelAccess).toEqual([]);
  });

  it('takes two statements, however much is asked', async () => {
    const servers = await Promise.all(Array.from({ length: 5 }, () => community.server()));
    const requests = servers.flatMap(({ general }) =>
      [...servers.map(({ owner }) => owner), ...Array.from({ length: 100 }, newId)].map((userId) => ({
        channelId: general,
        userId,
      })),
    );
    for (const some of [requests.slice(0, 1), requests.slice(0, 100), requests])
      expect(await community.statements(() => community.run(access, { requests: some }, asService))).toHaveLength(2);
    const answers = (await community.run(access, { requests }, asService)).channelAccess;
    expect(answers.filter(({ canRead }: { canRead: boolean }) => canRead)).toHaveLength(5);
  });

  it('knows all that a person may read', async () => {
    const [first, second] = [await community.server(), await community.server()];
    const other = await community.channel(first, 'other');
    const userId = newId();
    for (const server of [second, first])
      await community.change(userId, 'joinServer', { code: await community.invite(server) }, 'server { id }');
    const direct = await community.direct(userId);
    await community.direct();
    const blind = { roleId: second.everyone, permissions: '0' };
    const read = async () => (await community.run(scope, { userId }, asService)).viewerScope;
    const all = await read();
    expect(all.serverIds).toEqual([second.id, first.id]);
    expect(all.channelIds.sort()).toEqual([first.general, other, second.general, direct.id].sort());
    await community.change(second.owner, 'updateRole', blind, 'role { id }');
    const fewer = await read();
    expect(fewer.serverIds).toEqual([second.id, first.id]);
    expect(fewer.channelIds.sort()).toEqual([first.general, other, direct.id].sort());
    expect(await community.statements(read)).toHaveLength(3);
    expect((await community.run(scope, { userId: newId() }, asService)).viewerScope).toEqual({
      serverIds: [],
      channelIds: [],
    });
  });

  it('knows the members of a server', async () => {
    const server = await community.server();
    const people = [server.owner, await community.member(server), await community.member(server)];
    const read = async (serverId: string) => (await community.run(memberIds, { serverId }, asService)).serverMemberIds;
    expect(await read(server.id)).toEqual(people);
    expect(await read(newId())).toEqual([]);
  });

  it('knows the text channels of a server', async () => {
    const server = await community.server();
    const other = await community.channel(server, 'other');
    const read = async (serverId: string) =>
      (await community.run(channelIds, { serverId }, asService)).serverChannelIds?.sort();
    expect(await read(server.id)).toEqual([server.general, other].sort());
    for (const channelId of [server.general, other])
      await community.change(server.owner, 'deleteChannel', { channelId }, 'channelId');
    expect(await read(server.id)).toEqual([]);
    expect((await community.run(channelIds, { serverId: newId() }, asService)).serverChannelIds).toBeNull();
  });

  it('knows who of many people may read what of a server', async () => {
    const server = await community.server();
    const other = await community.channel(server, 'other');
    const member = await community.member(server);
    const seeing = await community.member(server, await community.role(server, 'VIEW_CHANNEL'));
    const userIds = [member, newId(), seeing, server.owner, member, ...Array.from({ length: 100 }, newId)];
    const ask = async (serverId = server.id) => {
      const found = (await community.run(readers, { serverId, userIds }, asService)).serverReaders;
      return found.map(({ userIds, channelIds }: Record<string, string[]>) => [userIds?.sort(), channelIds?.sort()]);
    };
    const all = [server.general, other].sort();
    expect(await ask()).toEqual([[[member, seeing, server.owner].sort(), all]]);
    expect(await community.statements(ask)).toHaveLength(2);

    await community.change(server.owner, 'updateRole', { roleId: server.everyone, permissions: '0' }, 'role { id }');
    const apart = await ask();
    expect(apart).toHaveLength(2);
    expect(apart).toEqual(
      expect.arrayContaining([
        [[seeing, server.owner].sort(), all],
        [[member], []],
      ]),
    );
    await community.change(server.owner, 'kickMember', { serverId: server.id, userId: member }, 'userId');
    expect(await ask()).toEqual([[[seeing, server.owner].sort(), all]]);
    expect(await ask(newId())).toEqual([]);
  });
});
