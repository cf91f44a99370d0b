import { newId } from '@kopru/runtime/ids.ts';
import { describe, expect, test } from 'vitest';
import type { GatewayPath } from '../../client/gateway.ts';
import { DirectChannelOpened, MessageCreated } from '../../client/shapes.ts';
import { joinGateway, openGateway } from '../../gateway.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectDescribed } from './described.ts';

const paths: readonly GatewayPath[] = ['/', '/ws'];

overEveryBackend((place) => {
  describe.each(paths)('on %s', (path) => {
    test('IDENTIFY, sent on open, is answered with READY: who it is, and their guilds', async () => {
      covers(
        'gateway:IDENTIFY',
        'gateway:READY',
        'gateway:HELLO',
        'gateway rule:IDENTIFY comes on open',
        'gateway rule:the descriptions are true',
      );
      const { owner, member, server_id } = await place.channel();
      const other = await place.server(owner);
      for (const [person, guilds] of [
        [owner, [server_id, other.server_id]],
        [member, [server_id]],
        [await place.person(), []],
      ] as const) {
        const socket = await joinGateway(place, person, { path });
        expect((await socket.answered('READY')).data).toEqual({ userId: person.id, guilds });
        expect((await socket.answered('HELLO')).data).toEqual({ heartbeatInterval: 30_000 });
        await expectDescribed(place, socket);
      }
    });

    test('HEARTBEAT is answered with HEARTBEAT_ACK, with a body or without', async () => {
      covers('gateway:HEARTBEAT', 'gateway:HEARTBEAT_ACK');
      const socket = await joinGateway(place, await place.person(), { path });
      for (const text of ['{"op":"HEARTBEAT","data":null}', '{"op":"HEARTBEAT"}', '{"op":"HEARTBEAT","data":{}}'])
        socket.sendText(text);
      const acknowledged = await socket.inbox.atLeast(3, 'HEARTBEAT_ACK', ({ op }) => op === 'HEARTBEAT_ACK');
      for (const frame of acknowledged) expect(frame).toEqual({ op: 'HEARTBEAT_ACK', data: null });
      await expectDescribed(place, socket);
    });

    test('GUILD_SUBSCRIBE brings the events of a guild, GUILD_UNSUBSCRIBE ends that', async () => {
      covers(
        'gateway:GUILD_SUBSCRIBE',
        'gateway:GUILD_UNSUBSCRIBE',
        'gateway rule:guild events are for subscribers',
        'gateway rule:an event frame has no op',
      );
      const { owner, member, server_id: guildId, messages } = await place.channel();
      const send = async (content: string) => (await owner.rest.post(messages, { content }, MessageCreated)).message.id;
      const witness = await joinGateway(place, owner, { path, guilds: [guildId] });
      const socket = await joinGateway(place, member, { path });
      const before = await send('before');
      await witness.heardMessage(before);
      await socket.subscribe(guildId);
      const during = await send('during');
      await socket.heardMessage(during);
      socket.send('GUILD_UNSUBSCRIBE', { guildId });
      await socket.settled();
      const after = await send('after');
      await witness.heardMessage(after);
      await socket.settled();
      expect(socket.messages).toEqual([during]);
      expect(witness.messages).toEqual([before, during, after]);
      for (const frame of socket.frames.filter(({ event }) => event))
        expect(Object.keys(frame).sort()).toEqual(['data', 'event']);
    });

    test('IDENTIFY and GUILD_SUBSCRIBE may follow each other at once, and again', async () => {
      const { owner, member, server_id: guildId, messages } = await place.channel();
      const socket = openGateway(place, path);
      await socket.answered('HELLO');
      socket.send('IDENTIFY', { token: member.token });
      socket.send('GUILD_SUBSCRIBE', { guildId });
      socket.send('GUILD_SUBSCRIBE', { guildId });
      socket.send('IDENTIFY', { token: owner.token });
      await socket.settled();
      const { message } = await owner.rest.post(messages, { content: 'once' }, MessageCreated);
      await socket.heardMessage(message.id);
      expect(socket.messages).toEqual([message.id]);
      expect(socket.frames.filter(({ op }) => op === 'READY').map(({ data }) => data.userId)).toEqual([member.id]);
    });

    test('what is asked wrongly is answered with ERROR, and changes nothing', async () => {
      covers('gateway:ERROR', 'gateway rule:an unknown operation changes nothing');
      const { owner, server_id: guildId, messages } = await place.channel();
      const socket = await joinGateway(place, owner, { path, guilds: [guildId] });
      const asked = ['RESUME', 'READY', 'message.create', ''];
      for (const op of asked) socket.send(op, { guildId });
      for (const data of [null, {}, { guildId: 1 }, { guildId: 'general' }, [guildId]])
        socket.send('GUILD_SUBSCRIBE', data);
      socket.send('GUILD_UNSUBSCRIBE', { guildId: newId() });
      await socket.settled();
      const errors = socket.frames.filter(({ op }) => op === 'ERROR').map(({ data }) => data);
      expect(errors).toEqual([
        ...asked.map((op) => ({ op, reason: 'unknown operation' })),
        ...Array(5).fill({ op: 'GUILD_SUBSCRIBE', reason: 'guildId is not an id' }),
      ]);
      const { message } = await owner.rest.post(messages, { content: 'still here' }, MessageCreated);
      await socket.heardMessage(message.id);
      await expectDescribed(place, socket);
    });
  });

  test('SUBSCRIBE brings what is said in one channel, UNSUBSCRIBE ends that; on /ws alone', async () => {
    covers('gateway:SUBSCRIBE', 'gateway:UNSUBSCRIBE');
    const { owner, member, server_id, channel_id: channelId, messages } = await place.channel();
    const send = async (content: string) => (await owner.rest.post(messages, { content }, MessageCreated)).message.id;
    const witness = await joinGateway(place, owner, { guilds: [server_id] });
    const [socket, document] = [
      await joinGateway(place, member, { path: '/ws' }),
      await joinGateway(place, member, { path: '/' }),
    ];
    for (const one of [socket, document]) one.send('SUBSCRIBE', { channelId });
    await Promise.all([socket.settled(), document.settled()]);
    expect((await document.answered('ERROR')).data).toEqual({ op: 'SUBSCRIBE', reason: 'unknown operation' });
    const first = await send('first');
    await socket.heardMessage(first);
    socket.send('UNSUBSCRIBE', { channelId });
    await socket.settled();
    await witness.heardMessage(await send('second'));
    await Promise.all([socket.settled(), document.settled()]);
    expect(socket.messages).toEqual([first]);
    expect(document.messages).toEqual([]);
  });

  test('a direct channel is heard by its two people, and by nobody else', async () => {
    covers('gateway rule:direct channels by SUBSCRIBE');
    const [one, other, stranger] = [await place.person(), await place.person(), await place.person()];
    const { dm_channel } = await one.rest.post(`/users/${other.id}/dm-channels`, undefined, DirectChannelOpened);
    const channelId = dm_channel.id;
    const sockets = await Promise.all(
      [one, other, stranger].map((person) => joinGateway(place, person, { path: '/ws' })),
    );
    for (const socket of sockets) socket.send('SUBSCRIBE', { channelId });
    await Promise.all(sockets.map((socket) => socket.settled()));
    const [mine, theirs, strangers] = sockets as [(typeof sockets)[0], (typeof sockets)[0], (typeof sockets)[0]];
    expect((await strangers.answered('ERROR')).data).toMatchObject({ op: 'SUBSCRIBE', channelId });
    const { message } = await one.rest.post(`/channels/${channelId}/messages`, { content: 'hi' }, MessageCreated);
    for (const socket of [mine, theirs])
      expect(await socket.heardMessage(message.id)).toMatchObject({ channelId, message: { guildId: null } });
    await strangers.settled();
    expect(strangers.events).toEqual([]);
    await expectDescribed(place, ...sockets);
  });
});
