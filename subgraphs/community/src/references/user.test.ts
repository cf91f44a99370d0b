import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { banMember } from '../ban/ban.change.ts';
import { createChannel } from '../channel/channel.create.ts';
import { createInvite } from '../invite/invite.create.ts';
import { addMember } from '../member/member.add.ts';
import { assignRole } from '../role/role.assign.ts';
import { createRole } from '../role/role.create.ts';
import { createServer } from '../server/server.create.ts';
import { asAudience, asService, TestCommunity } from '../testing/community.ts';

const ofUser = (fields: string) =>
  `query ($of: [_Any!]!, $first: Int, $after: String, $last: Int, $before: String) {
    _entities(representations: $of) { ... on User { ${fields} } }
  }`;
const listed = (field: string) =>
  ofUser(`${field}(first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }
  }`);
const everything = ofUser(`servers(first: 100) { totalCount edges { node {
  name memberCount viewerPermissions viewerMember { id } owner { id }
  channels { name viewerPermissions server { id } } roles { name }
  invites { code memberCount serverName } bans { totalCount edges { node { user { id } } } }
  members(first: 2) { totalCount edges { node { user { id } permissions roles { name } server { id } } } }
} } }`);

describe.each(backends)('what people have on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  const me = (id: string) => [{ __typename: 'User', id }];
  const read = async (field: string, id: string, variables: object = {}) =>
    (await community.run(listed(field), { of: me(id), ...variables }, id))._entities[0][field];

  it.each(['servers', 'directChannels'])('shows %s to the person alone', async (field) => {
    const id = newId();
    expect((await read(field, id)).edges).toEqual([]);
    const fail = (as?: Parameters<TestCommunity['run']>[2]) => community.fail(listed(field), { of: me(id) }, as);
    expect(await fail(newId())).toBe('FORBIDDEN User');
    expect(await fail()).toBe('UNAUTHENTICATED');
    expect(await fail(asService)).toBe('UNAUTHENTICATED');
    expect(await fail(asAudience(`user:${id}`))).toBe('VIEWER_REQUIRED');
  });

  it.each([
    [
      'servers',
      async (id: string) => {
        const server = await community.server();
        await community.change(id, 'joinServer', { code: await community.invite(server) }, 'server { id }');
        return server.id;
      },
    ],
    ['directChannels', async (id: string) => (await community.direct(newId(), id)).id],
  ])('lists %s in their order, in pages from either end', async (field, add) => {
    const id = newId();
    const all: string[] = [];
    for (let count = 0; count < 5; count++) all.push(await add(id));
    await add(newId());
    if (field === 'directChannels') all.reverse();
    const nodes = ({ edges }: { edges: { node: { id: string } }[] }) => edges.map(({ node }) => node.id);
    expect(nodes(await read(field, id))).toEqual(all);
    const first = await read(field, id, { first: 2 });
    expect([nodes(first), first.totalCount]).toEqual([all.slice(0, 2), 5]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await read(field, id, { first: 3, after: first.pageInfo.endCursor });
    expect(nodes(second)).toEqual(all.slice(2));
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const last = await read(field, id, { last: 2 });
    expect(nodes(last)).toEqual(all.slice(3));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await read(field, id, { last: 3, before: last.pageInfo.startCursor });
    expect(nodes(before)).toEqual(all.slice(0, 3));
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it('takes as many statements for a hundred servers as for one', async () => {
    const counts: number[] = [];
    for (const size of [1, 10, 100]) {
      const id = newId();
      await community.graph.database.write(async (tx) => {
        for (let count = 0; count < size; count++) {
          const { id: serverId } = await createServer(tx, id, { name: 'Home' });
          const { id: roleId } = await createRole(tx, id, { serverId, name: 'role' });
          await assignRole(tx, id, { serverId, userId: id, roleId });
          await createInvite(tx, id, { serverId });
          await banMember(tx, id, { serverId, userId: newId() }, true);
        }
      });
      const read = async () => {
        const { edges, totalCount } = (await community.run(everything, { of: me(id) }, id))._entities[0].servers;
        expect([edges.length, totalCount]).toEqual([size, size]);
        for (const { node } of edges)
          expect(node).toMatchObject({
            memberCount: 1,
            channels: [{ name: 'general' }],
            invites: [{ memberCount: 1 }],
            bans: { totalCount: 1, edges: [{}] },
            members: { totalCount: 1, edges: [{ node: { user: { id }, roles: [{ name: 'role' }] } }] },
          });
      };
      counts.push((await community.statements(read)).length);
    }
    expect(counts[0]).toBeLessThanOrEqual(16);
    expect(counts).toEqual([counts[0], counts[0], counts[0]]);
  }, 60_000);

  it('takes as many statements for a hundred members and channels as for one', async () => {
    const query = `query ($id: ID!) { server(id: $id) {
      channels { name viewerPermissions server { id } }
      members(first: 100) { edges { node { user { id } permissions roles { name } } } }
    } }`;
    const counts: number[] = [];
    const server = await community.server();
    const roleId = await community.role(server);
    // Somebody other than the reader, whose standing is known anyhow.
    const reader = await community.member(server, roleId);
    const read = () => community.run(query, { id: server.id }, reader);
    for (const size of [1, 10, 100]) {
      const { length } = (await read()).server.channels;
      await community.graph.database.write(async (tx) => {
        for (let count = length; count < size; count++) {
          await createChannel(tx, server.owner, { serverId: server.id, name: `channel ${count}` });
          const { userId } = await addMember(tx, server.id, newId());
          await assignRole(tx, server.owner, { serverId: server.id, userId, roleId });
        }
      });
      const found = (await read()).server;
      expect([found.channels.length, found.members.edges.length]).toEqual([size, Math.min(size + 1, 100)]);
      counts.push((await community.statements(read)).length);
    }
    expect(counts).toEqual([counts[0], counts[0], counts[0]]);
  }, 60_000);
});
