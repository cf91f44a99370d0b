import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateMember } from '../member/member.change.ts';
import { assignRole } from '../role/role.assign.ts';
import { createRole } from '../role/role.create.ts';
import { asAudience, TestCommunity, type TestServer } from '../testing/community.ts';

const query = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on Message { id member { nickname color user { id } roles { name } } }
} }`;
const messageOf = (channelId: string, authorId: string) => ({
  __typename: 'Message',
  id: newId(),
  channel: { id: channelId },
  author: { id: authorId },
});

describe.each(backends)("messages' authors on $name", ({ open }) => {
  let community: TestCommunity;
  let server: TestServer;
  let author: string;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
    server = await community.server();
    author = await community.member(server);
    await named(author, 'Kaptan', [null, '#112233', '#445566']);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  /** Gives a member a nickname, and a role for each colour, the highest last. */
  const named = (userId: string, nickname: string, colors: readonly (string | null)[]) =>
    community.graph.database.write(async (tx) => {
      await updateMember(tx, server.owner, { serverId: server.id, userId, nickname });
      for (const color of colors) {
        const role = await createRole(tx, server.owner, { serverId: server.id, name: `is ${color}`, color });
        await assignRole(tx, server.owner, { serverId: server.id, userId, roleId: role.id });
      }
    });
  const members = async (of: object[], as = server.owner) =>
    (await community.run(query, { of }, as))._entities.map(({ member }: { member: unknown }) => member);

  it('have a name and a colour in the server', async () => {
    const [member] = await members([messageOf(server.general, author)]);
    expect(member).toMatchObject({ nickname: 'Kaptan', user: { id: author } });
    expect(member.color).toBe(
      member.roles.map(({ name }: { name: string }) => name.slice(3)).find((name: string) => name !== 'null'),
    );
    const [plain] = await members([messageOf(server.general, server.owner)]);
    expect(plain).toMatchObject({ nickname: null, color: null, roles: [] });
  });

  it('are no members of a direct channel, nor once they have left', async () => {
    const { id, one, other } = await community.direct();
    expect(await members([messageOf(id, other)], one)).toEqual([null]);
    const gone = await community.member(server);
    await community.change(gone, 'leaveServer', { serverId: server.id }, 'serverId');
    expect(await members([messageOf(server.general, gone), messageOf(server.general, newId())])).toEqual([null, null]);
  });

  it('are shown to those who may read the channel', async () => {
    const of = [messageOf(server.general, author)];
    expect(await community.fail(query, { of }, newId())).toBe('FORBIDDEN Channel');
    expect(await community.fail(query, { of })).toBe('UNAUTHENTICATED');
    expect(await community.fail(query, { of }, asAudience(`user:${newId()}`))).toBe('VIEWER_REQUIRED');
    const { _entities } = await community.run(query, { of }, asAudience(`channel:${server.general}`));
    expect(_entities[0].member.nickname).toBe('Kaptan');
    expect(await community.fail(query, { of: [{ __typename: 'Message', id: newId() }] }, server.owner)).toBe(
      'NOT_FOUND Message',
    );
  });

  it('take as many statements for a hundred messages as for one', async () => {
    const people = [author];
    for (let count = 1; count < 10; count++) {
      const userId = await community.member(server);
      await named(userId, `number ${count}`, ['#abcdef']);
      people.push(userId);
    }
    const statements: number[] = [];
    for (const size of [1, 10, 100]) {
      const of = Array.from({ length: size }, (_, index) => messageOf(server.general, people[index % 10] ?? author));
      const read = async () =>
        expect(new Set((await members(of)).map(({ nickname }: { nickname: string }) => nickname)).size).toBe(
          Math.min(size, 10),
        );
      statements.push((await community.statements(read)).length);
    }
    expect(statements[0]).toBeLessThanOrEqual(4);
    expect(statements).toEqual([statements[0], statements[0], statements[0]]);
  });
});
