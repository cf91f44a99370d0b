import { newId } from '@kopru/runtime/ids.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCommunity, told } from '../testing/community.ts';

const read = `query ($id: ID!) { channel(id: $id) { id name topic position type server { id name } viewerPermissions } }`;
const fields = 'channel { id name topic position createdAt updatedAt }';

describe.each(backends)('channels on $name', ({ open }) => {
  let community: TestCommunity;
  beforeAll(async () => {
    community = await TestCommunity.open(open);
  });
  afterAll(() => community[Symbol.asyncDispose]());

  const order = async (id: string, as: string): Promise<string[]> => {
    const query = 'query ($id: ID!) { server(id: $id) { channels { name position } } }';
    const { channels } = (await community.run(query, { id }, as)).server;
    return channels.map(({ name, position }: { name: string; position: number }) => `${position} ${name}`);
  };

  it('is made by those with MANAGE_CHANNELS, as the last', async () => {
    const server = await community.server();
    const manager = await community.member(server, await community.role(server, 'MANAGE_CHANNELS'));
    const member = await community.member(server, await community.role(server, 'MANAGE_SERVER'));
    const events = await community.record(server.id);
    const input = { serverId: server.id, name: ' news ', topic: 'What is new' };
    const { channel } = await community.change(manager, 'createChannel', input, fields);
    expect(channel).toMatchObject({ name: 'news', topic: 'What is new', position: 1 });
    expect((await community.run(read, { id: channel.id }, member)).channel).toMatchObject({
      name: 'news',
      type: 'TEXT',
      server: { id: server.id, name: 'Home' },
      viewerPermissions: '43',
    });
    expect(await community.refused(member, 'createChannel', { ...input, name: 'x' })).toBe('FORBIDDEN Server');
    expect(await community.refused(newId(), 'createChannel', { ...input, name: 'x' })).toBe('FORBIDDEN Server');
    expect(await community.refused(manager, 'createChannel', { serverId: newId(), name: 'x' })).toBe(
      'NOT_FOUND Server',
    );
    await expect
      .poll(() => told(events))
      .toEqual([
        { type: 'channel.created', channelId: channel.id, serverId: server.id },
        { type: 'access.changed', serverId: server.id },
      ]);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 'x', topic: 'x'.repeat(1025) }, 'topic'],
  ])('refuses %j', async (input, broken) => {
    const server = await community.server();
    const refused = await community.refused(server.owner, 'createChannel', { serverId: server.id, ...input });
    expect(refused).toBe(`VALIDATION_FAILED ${broken}`);
  });

  it('has a name of its own in its server, whatever the case', async () => {
    const server = await community.server();
    const other = await community.server();
    await community.channel(server, 'Straße');
    await community.channel(server, 'résumé');
    await community.channel(server, 'resume');
    await community.channel(other, 'Straße');
    const create = (name: string) => community.refused(server.owner, 'createChannel', { serverId: server.id, name });
    expect(await create('GENERAL')).toBe('CONFLICT Channel');
    expect(await create('STRAßE')).toBe('CONFLICT Channel');
    expect(await create('Résumé')).toBe('CONFLICT Channel');
    expect(await create('Résumé'.normalize('NFD'))).toBe('CONFLICT Channel');
    const rename = { channelId: server.general, name: 'RESUME' };
    expect(await community.refused(server.owner, 'updateChannel', rename)).toBe('CONFLICT Channel');
    const itself = { channelId: server.general, name: 'General' };
    expect((await community.change(server.owner, 'updateChannel', itself, fields)).channel.name).toBe('General');
  });

  it('goes to one of those who take a name at once', async () => {
    const server = await community.server();
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        community.graph.execute(
          'mutation ($input: CreateChannelInput!) { createChannel(input: $input) { channel { id } } }',
          { input: { serverId: server.id, name: index % 2 ? 'SAME' : 'same' } },
          server.owner,
        ),
      ),
    );
    const errors = results.flatMap((result) => result.errors ?? []);
    expect(errors.map(({ extensions }) => extensions)).toEqual(
      Array(7).fill(expect.objectContaining({ code: 'CONFLICT', resource: 'Channel' })),
    );
    expect(await order(server.id, server.owner)).toHaveLength(2);
  });

  it('is changed by those with MANAGE_CHANNELS', async () => {
    const server = await community.server();
    const manager = await community.member(server, await community.role(server, 'MANAGE_CHANNELS'));
    const member = await community.member(server);
    const events = await community.record(server.id);
    const input = { channelId: server.general, name: 'lobby', topic: 'Anything' };
    const { channel } = await community.change(manager, 'updateChannel', input, fields);
    expect(channel).toMatchObject({ name: 'lobby', topic: 'Anything', position: 0 });
    // Changes nothing, so nobody hears of it.
    await community.change(manager, 'updateChannel', input, fields);
    const cleared = await community.change(manager, 'updateChannel', { ...input, name: null, topic: '' }, fields);
    expect(cleared.channel).toMatchObject({ name: 'lobby', topic: null });
    expect((await community.run(read, { id: server.general }, member)).channel).toMatchObject({ name: 'lobby' });
    for (const mutation of ['updateChannel', 'deleteChannel']) {
      const target = { channelId: server.general };
      expect(await community.refused(member, mutation, target)).toBe('FORBIDDEN Channel');
      expect(await community.refused(newId(), mutation, target)).toBe('FORBIDDEN Channel');
      expect(await community.refused(member, mutation, { channelId: newId() })).toBe('NOT_FOUND Channel');
    }
    expect(await community.refused(manager, 'updateChannel', { ...input, position: -1 })).toBe(
      'VALIDATION_FAILED position',
    );
    const updated = { type: 'channel.updated', channelId: server.general, serverId: server.id };
    await expect.poll(() => told(events)).toEqual([updated, updated]);
  });

  it('moves among the others, who make room', async () => {
    const server = await community.server();
    const ids = new Map<string, string>([['general', server.general]]);
    for (const name of ['b', 'c', 'd']) ids.set(name, await community.channel(server, name));
    const move = (name: string, position: number) =>
      community.change(server.owner, 'updateChannel', { channelId: ids.get(name), position }, fields);
    await move('d', 1);
    expect(await order(server.id, server.owner)).toEqual(['0 general', '1 d', '2 b', '3 c']);
    const events = await community.record(server.id);
    await move('d', 2);
    expect(await order(server.id, server.owner)).toEqual(['0 general', '1 b', '2 d', '3 c']);
    await expect
      .poll(() => events.map(({ payload }) => payload.channelId).sort())
      .toEqual([ids.get('b'), ids.get('d')].sort());
    expect((await move('general', 99)).channel.position).toBe(3);
    expect(await order(server.id, server.owner)).toEqual(['0 b', '1 d', '2 c', '3 general']);
  });

  it('is deleted by those with MANAGE_CHANNELS', async () => {
    const server = await community.server();
    const manager = await community.member(server, await community.role(server, 'MANAGE_CHANNELS'));
    const events = await community.record(server.id);
    const gone = { channelId: server.general };
    const payload = await community.change(manager, 'deleteChannel', gone, 'channelId serverId');
    expect(payload).toEqual({ channelId: server.general, serverId: server.id });
    expect(await community.fail(read, { id: server.general }, manager)).toBe('NOT_FOUND Channel');
    expect(await community.refused(manager, 'deleteChannel', gone)).toBe('NOT_FOUND Channel');
    await expect
      .poll(() => told(events))
      .toEqual([
        { type: 'channel.deleted', ...payload },
        { type: 'access.changed', serverId: server.id },
      ]);
    await community.channel(server, 'general');
  });

  it('is hidden from those without VIEW_CHANNEL', async () => {
    const server = await community.server();
    const viewer = await community.member(server, await community.role(server, 'VIEW_CHANNEL'));
    const blind = await community.member(server, await community.role(server, 'MANAGE_CHANNELS'));
    const none = { roleId: server.everyone, permissions: '0' };
    await community.change(server.owner, 'updateRole', none, 'role { id }');
    expect(await order(server.id, viewer)).toEqual(['0 general']);
    expect(await order(server.id, blind)).toEqual([]);
    expect((await community.run(read, { id: server.general }, viewer)).channel.viewerPermissions).toBe('1');
    expect(await community.fail(read, { id: server.general }, blind)).toBe('FORBIDDEN Channel');
    expect(await community.refused(blind, 'updateChannel', { channelId: server.general })).toBe('FORBIDDEN Channel');
  });

  it('is shown to members alone', async () => {
    const server = await community.server();
    expect(await community.fail(read, { id: server.general }, newId())).toBe('FORBIDDEN Channel');
    expect(await community.fail(read, { id: server.general })).toBe('UNAUTHENTICATED');
    expect(await community.fail(read, { id: newId() })).toBe('UNAUTHENTICATED');
    expect(await community.fail(read, { id: newId() }, server.owner)).toBe('NOT_FOUND Channel');
    expect(await community.fail(read, { id: 'general' }, server.owner)).toBe('NOT_FOUND Channel');
  });
});
