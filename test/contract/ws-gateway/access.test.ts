import { describe, expect, test } from 'vitest';
import type { GatewayPath, GatewaySocket } from '../../client/gateway.ts';
import { LoggedIn, MessageCreated, Said } from '../../client/shapes.ts';
import { mutate } from '../../e2e/stories/operations.ts';
import { joinGateway } from '../../gateway.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectDescribed } from './described.ts';

const paths: readonly GatewayPath[] = ['/', '/ws'];

overEveryBackend((place) => {
  /** Two people in a guild, and a socket of each that listens to it. */
  const listening = async () => {
    const world = await place.channel();
    const guilds = [world.server_id];
    const witness = await joinGateway(place, world.owner, { guilds });
    const sockets = await Promise.all(paths.map((path) => joinGateway(place, world.member, { path, guilds })));
    const channelOnly = await joinGateway(place, world.member, { path: '/ws' });
    channelOnly.send('SUBSCRIBE', { channelId: world.channel_id });
    await channelOnly.settled();
    const send = async (content: string) =>
      (await world.owner.rest.post(world.messages, { content }, MessageCreated)).message.id;
    return { ...world, guildId: world.server_id, witness, sockets: [...sockets, channelOnly], send };
  };
  const everybodyHears = (id: string, ...sockets: readonly GatewaySocket[]) =>
    Promise.all(sockets.map((socket) => socket.heardMessage(id)));

  test('a guild is for its members, a channel for those who may read it', async () => {
    covers('gateway rule:guild events are for members', 'gateway rule:channel events are for readers');
    const { guildId, channel_id: channelId, witness, sockets, send } = await listening();
    const stranger = await place.person('stranger');
    const strangers = await Promise.all(paths.map((path) => joinGateway(place, stranger, { path, guilds: [guildId] })));
    strangers[1]?.send('SUBSCRIBE', { channelId });
    await strangers[1]?.settled();
    await everybodyHears(await send('for members'), witness, ...sockets);
    for (const socket of strangers) {
      await socket.settled();
      expect(socket.events).toEqual([]);
      expect((await socket.answered('ERROR')).data).toEqual({
        op: 'GUILD_SUBSCRIBE',
        guildId,
        reason: 'not a member of this guild',
      });
    }
    await expectDescribed(place, ...strangers);
  });

  describe('who is no member any more hears nothing more', () => {
    type World = Awaited<ReturnType<typeof listening>>;
    const endings: Record<string, (world: World) => Promise<unknown>> = {
      kicked: ({ owner, member, guildId }) =>
        mutate(place.graph(owner), 'kickMember', 'KickMemberInput', { serverId: guildId, userId: member.id }, 'userId'),
      banned: ({ owner, member, guildId }) =>
        mutate(
          place.graph(owner),
          'banMember',
          'BanMemberInput',
          { serverId: guildId, userId: member.id },
          '__typename',
        ),
      left: ({ member, guildId }) =>
        mutate(place.graph(member), 'leaveServer', 'LeaveServerInput', { serverId: guildId }, 'serverId'),
    };
    test.each(Object.entries(endings))('%s', async (_how, end) => {
      covers('gateway rule:who is kicked hears nothing more');
      const world = await listening();
      const { guildId, witness, sockets, send } = world;
      const before = await send('before');
      await everybodyHears(before, witness, ...sockets);
      await end(world);
      const after = await send('after');
      await witness.heardMessage(after);
      for (const socket of sockets) {
        await socket.heard('guild.delete', { guildId });
        await socket.subscribe(guildId);
        expect(socket.messages).toEqual([before]);
        expect((await socket.answered('ERROR')).data).toMatchObject({ op: 'GUILD_SUBSCRIBE', guildId });
      }
      await everybodyHears(await send('well after'), witness);
      for (const socket of sockets) {
        await socket.settled();
        expect(socket.messages).toEqual([before]);
        expect(socket.events.at(-1)).toBe('guild.delete');
      }
    });

    test('of a guild that is deleted', async () => {
      covers('gateway rule:who is kicked hears nothing more');
      const { owner, guildId, witness, sockets } = await listening();
      await owner.rest.delete(`/servers/${guildId}`, Said);
      for (const socket of [witness, ...sockets]) {
        await socket.heard('guild.delete', { guildId });
        await socket.subscribe(guildId);
        expect((await socket.answered('ERROR')).data).toMatchObject({ guildId });
        expect(socket.events.filter((event) => event === 'guild.delete')).toHaveLength(1);
      }
    });
  });

  test('who may not read its channels any more hears nothing more of them, until they may again', async () => {
    covers('gateway rule:who loses a channel hears nothing more of it', 'gateway rule:channel events are for readers');
    const { owner, channel_id: channelId, guildId, witness, sockets, send } = await listening();
    const graph = place.graph(owner);
    const { server } = await graph.run<{ server: { roles: { id: string; isDefault?: boolean }[] } }>(
      'query ($id: ID!) { server(id: $id) { roles { id } } }',
      { id: guildId },
    );
    const everyone = server.roles[0]?.id ?? '';
    const allow = (permissions: string) =>
      mutate(graph, 'updateRole', 'UpdateRoleInput', { roleId: everyone, permissions }, 'role { id }');
    const first = await send('first');
    await everybodyHears(first, witness, ...sockets);
    await allow('0');
    const hidden = await send('hidden');
    await witness.heardMessage(hidden);
    const refused = await joinGateway(
      place,
      { token: (await place.person()).token, username: 'stranger' },
      { path: '/ws' },
    );
    refused.send('SUBSCRIBE', { channelId });
    expect((await refused.answered('ERROR')).data).toMatchObject({ op: 'SUBSCRIBE', channelId });
    await allow('3');
    const again = await send('again');
    await everybodyHears(again, witness, ...sockets);
    for (const socket of sockets) expect(socket.messages).toEqual([first, again]);
    expect(witness.messages).toEqual([first, hidden, again]);
  });

  test('who logs out hears nothing more: every socket of the session is closed, and no other', async () => {
    covers('gateway rule:who logs out hears nothing more', 'gateway:INVALID_SESSION', 'gateway close:4004');
    const { member, guildId, witness, sockets, send } = await listening();
    const { token } = await place.rest.post('/auth/login', member, LoggedIn);
    const staying = await joinGateway(place, { ...member, token }, { path: '/ws', guilds: [guildId] });
    const before = await send('before');
    await everybodyHears(before, witness, staying, ...sockets);
    await member.rest.post('/auth/logout', undefined, Said);
    const after = await send('after');
    await everybodyHears(after, witness, staying);
    for (const socket of sockets) {
      expect(await socket.closed).toMatchObject({ code: 4004 });
      expect(socket.messages).toEqual([before]);
      expect(socket.frames.at(-1)).toMatchObject({ op: 'INVALID_SESSION', data: { reason: expect.any(String) } });
    }
    await expectDescribed(place, staying, ...sockets);
  });
});
