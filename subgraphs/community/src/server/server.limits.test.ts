import { newCapability, newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Channel } from '../channel/channel.ts';
import { Invite } from '../invite/invite.ts';
import { Member } from '../member/member.ts';
import { Role } from '../role/role.ts';
import { TestCommunity, type TestServer } from '../testing/community.ts';
import { Server } from './server.ts';

const now = new Date();

describe.each(backends)('what one person may fill a server with, on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  async function insert<Row extends ObjectLiteral>(entity: EntityTarget<Row>, count: number, row: () => object) {
    for (let left = count; left > 0; left -= 500)
      await community.graph.database.write(({ manager }) =>
        manager
          .createQueryBuilder()
          .insert()
          .into(entity)
          .values(Array.from({ length: Math.min(left, 500) }, row) as never)
          .updateEntity(false)
          .execute(),
      );
  }
  const dates = { createdAt: now, updatedAt: now };
  const server = () => ({ id: newId(), name: 'x', description: null, iconUrl: null, ownerId: newId(), ...dates });

  it.each<[string, string, object, string, (server: TestServer) => Promise<void>]>([
    [
      'channels',
      'createChannel',
      { name: 'one more' },
      'channel { id }',
      ({ id: serverId }) =>
        insert(Channel, 998, () => {
          const id = newId();
          return {
            id,
            type: 'TEXT',
            serverId,
            name: id,
            nameKey: id,
            topic: null,
            position: 1,
            pairKey: null,
            ...dates,
          };
        }),
    ],
    [
      'roles',
      'createRole',
      { name: 'one more' },
      'role { id }',
      ({ id: serverId }) =>
        insert(Role, 498, () => ({ id: newId(), serverId, name: 'x', color: null, position: 1, permissionSet: 0 })),
    ],
    [
      'invites',
      'createInvite',
      {},
      'invite { code }',
      ({ id: serverId }) =>
        insert(Invite, 9_999, () => {
          const invite = { code: newCapability(), serverId, inviterId: newId(), createdAt: now };
          return { ...invite, expiresAt: null, maxUses: null, uses: 0 };
        }),
    ],
  ])('%s have an end', async (_what, mutation, input, fields, fill) => {
    const server = await community.server();
    await fill(server);
    const more = { ...input, serverId: server.id };
    await community.change(server.owner, mutation, more, fields);
    const another = { ...more, ...('name' in input && { name: 'yet another' }) };
    expect(await community.refused(server.owner, mutation, another)).toBe('CONFLICT');
  });

  it('servers that one is in have an end', async () => {
    const userId = newId();
    const servers = Array.from({ length: 999 }, server);
    const [left, joining] = [[...servers], [...servers]];
    await insert(Server, 999, () => left.pop() ?? {});
    await insert(Member, 999, () => ({
      id: newId(),
      serverId: joining.pop()?.id,
      userId,
      nickname: null,
      joinedAt: now,
    }));
    await community.server(userId);
    expect(await community.refused(userId, 'createServer', { name: 'one more' })).toBe('CONFLICT');
    const other = await community.server();
    const { invite } = await community.change(other.owner, 'createInvite', { serverId: other.id }, 'invite { code }');
    expect(await community.refused(userId, 'joinServer', { code: invite.code })).toBe('CONFLICT');
  });
});
