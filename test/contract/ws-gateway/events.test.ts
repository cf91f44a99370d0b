import { describe, expect, test } from 'vitest';
import type { GatewayPath } from '../../client/gateway.ts';
import type { Person } from '../../client/person.ts';
import { ChannelCreated, DirectChannelOpened, MessageCreated, Said, ServerCreated } from '../../client/shapes.ts';
import { mutate } from '../../e2e/stories/operations.ts';
import { joinGateway } from '../../gateway.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectDescribed } from './described.ts';

const paths: readonly GatewayPath[] = ['/', '/ws'];

const personOf = ({ id, username }: Person) => ({ _id: id, id, username, displayName: username, avatarUrl: null });
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

overEveryBackend((place) => {
  describe.each(paths)('on %s', (path) => {
    /** Two people in a guild, each listening to it. */
    const listening = async () => {
      const world = await place.channel();
      const guilds = [world.server_id];
      const sockets = [
        await joinGateway(place, world.owner, { path, guilds }),
        await joinGateway(place, world.member, { path, guilds }),
      ] as const;
      return {
        ...world,
        guildId: world.server_id,
        channelId: world.channel_id,
        sockets,
        graph: place.graph(world.owner),
      };
    };
    const authorOf = (person: Person) =>
      path === '/' ? { authorId: person.id, author: personOf(person) } : { authorId: personOf(person) };

    test('message.create, message.update and message.delete tell of a message, whole', async () => {
      covers(
        'gateway:message.create',
        'gateway:message.update',
        'gateway:message.delete',
        path === '/'
          ? 'gateway rule:/ messages have authorId as an id'
          : 'gateway rule:/ws messages have authorId as an object',
      );
      const { owner, member, guildId, channelId, messages, sockets, graph } = await listening();
      const { message } = await owner.rest.post(messages, { content: 'Merhaba!' }, MessageCreated);
      const whole = {
        _id: message.id,
        channelId,
        guildId,
        ...authorOf(owner),
        content: 'Merhaba!',
        type: 'default',
        edited: false,
        pinned: false,
        mentionEveryone: false,
        createdAt: message.created_at,
        updatedAt: message.created_at,
      };
      for (const socket of sockets) {
        expect(await socket.heardMessage(message.id)).toEqual({ channelId, message: whole });
        expect(JSON.stringify(socket.frames)).not.toContain(owner.email);
      }
      await mutate(
        graph,
        'editMessage',
        'EditMessageInput',
        { messageId: message.id, content: 'Selam!' },
        'message { id }',
      );
      for (const socket of sockets) {
        const data = await socket.heardMessage(message.id, 'message.update');
        expect(data).toEqual({
          channelId,
          message: { ...whole, content: 'Selam!', edited: true, updatedAt: time },
        });
      }
      await owner.rest.delete(`${messages}/${message.id}`, Said);
      for (const socket of sockets)
        expect(await socket.heard('message.delete', { messageId: message.id })).toEqual({
          messageId: message.id,
          channelId,
        });
      expect(member.id).not.toBe(owner.id);
      await expectDescribed(place, ...sockets);
    });

    test('an answer names the message that it answers', async () => {
      if (path === '/ws') covers('gateway rule:/ws answers quote');
      const { owner, member, channelId, messages, sockets } = await listening();
      const { message } = await owner.rest.post(messages, { content: 'Question?' }, MessageCreated);
      const input = { channelId, content: 'Answer.', replyToId: message.id };
      const { sendMessage } = await place
        .graph(member)
        .run<{ sendMessage: { message: { id: string } } }>(
          'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }',
          { input },
        );
      const quoted =
        path === '/' ? message.id : { _id: message.id, authorId: { username: owner.username }, content: 'Question?' };
      for (const socket of sockets)
        expect(await socket.heardMessage(sendMessage.message.id)).toMatchObject({ message: { replyToId: quoted } });
      await expectDescribed(place, ...sockets);
    });

    test('presence.update tells who comes, who goes, and how they appear', async () => {
      covers('gateway:presence.update', 'gateway rule:presence follows the sockets');
      const { owner, member, server_id: guildId } = await place.channel();
      const watching = await joinGateway(place, owner, { path, guilds: [guildId] });
      const statuses = () =>
        watching.all('presence.update').flatMap(({ userId, status }) => (userId === member.id ? [status] : []));
      const [first, second] = [await joinGateway(place, member, { path }), await joinGateway(place, member, { path })];
      expect(await watching.heard('presence.update', { userId: member.id })).toEqual({
        userId: member.id,
        status: 'online',
        customStatus: null,
      });
      const chosen = { status: 'DND', customStatus: 'Playing games' };
      await mutate(place.graph(member), 'setPresence', 'SetPresenceInput', chosen, 'presence { status }');
      expect(await watching.heard('presence.update', { userId: member.id, status: 'dnd' })).toEqual({
        userId: member.id,
        status: 'dnd',
        customStatus: 'Playing games',
      });
      await first.close();
      await mutate(place.graph(member), 'setPresence', 'SetPresenceInput', { status: 'IDLE' }, 'presence { status }');
      await watching.heard('presence.update', { userId: member.id, status: 'idle' });
      await second.drop();
      await watching.heard('presence.update', { userId: member.id, status: 'offline' });
      expect(statuses()).toEqual(['online', 'dnd', 'idle', 'offline']);
      await expectDescribed(place, watching);
    });

    test('typing.start tells who types where', async () => {
      covers('gateway:typing.start');
      const { member, channelId, sockets } = await listening();
      await mutate(place.graph(member), 'startTyping', 'StartTypingInput', { channelId }, 'channelId');
      for (const socket of sockets)
        expect(await socket.heard('typing.start')).toEqual({ channelId, userId: member.id });
      await expectDescribed(place, ...sockets);
    });

    test('guild.create tells of a guild that one has made or joined, guild.delete that one has it no more', async () => {
      covers('gateway:guild.create', 'gateway:guild.delete', 'gateway rule:own guilds come without a subscription');
      const [owner, guest, stranger] = [await place.person('owner'), await place.person('guest'), await place.person()];
      const sockets = await Promise.all([owner, guest, stranger].map((person) => joinGateway(place, person, { path })));
      const [owners, guests, strangers] = sockets as [(typeof sockets)[0], (typeof sockets)[0], (typeof sockets)[0]];
      const { server } = await owner.rest.post('/servers', { name: 'My Server' }, ServerCreated);
      const guildId = server.server_id;
      const guild = {
        _id: guildId,
        name: 'My Server',
        description: null,
        iconUrl: null,
        ownerId: owner.id,
        createdAt: server.server_create_at,
      };
      expect(await owners.heard('guild.create')).toEqual({ guildId, guild });
      await place.join(owner, guest, guildId);
      expect(await guests.heard('guild.create')).toEqual({ guildId, guild });
      await mutate(place.graph(guest), 'leaveServer', 'LeaveServerInput', { serverId: guildId }, 'serverId');
      expect(await guests.heard('guild.delete')).toEqual({ guildId, guild: { _id: guildId } });
      await owner.rest.delete(`/servers/${guildId}`, Said);
      expect(await owners.heard('guild.delete')).toEqual({ guildId, guild: { _id: guildId } });
      await Promise.all(sockets.map((socket) => socket.settled()));
      expect(sockets.map(({ events }) => events)).toEqual([
        ['guild.create', 'guild.delete'],
        ['guild.create', 'guild.delete'],
        [],
      ]);
      await expectDescribed(place, ...sockets);
      await strangers.close();
    });

    test('guild.update tells what a guild is now', async () => {
      covers('gateway:guild.update');
      const { owner, guildId, sockets } = await listening();
      await owner.rest.patch(`/servers/${guildId}`, { name: 'New name' }, Said);
      for (const socket of sockets)
        expect(await socket.heard('guild.update')).toMatchObject({
          guildId,
          guild: { _id: guildId, name: 'New name', ownerId: owner.id, createdAt: time },
        });
      await expectDescribed(place, ...sockets);
    });

    test('channel.create, channel.update and channel.delete tell of a channel', async () => {
      covers('gateway:channel.create', 'gateway:channel.update', 'gateway:channel.delete');
      const { owner, guildId, sockets, graph } = await listening();
      const { channel } = await owner.rest.post(`/servers/${guildId}/channels`, { name: 'plans' }, ChannelCreated);
      const { message } = await owner.rest.post(`/channels/${channel.id}/messages`, { content: 'new' }, MessageCreated);
      const shaped = {
        _id: channel.id,
        guildId,
        name: 'plans',
        type: 'text',
        topic: null,
        position: 1,
        createdAt: time,
      };
      for (const socket of sockets) {
        expect(await socket.heard('channel.create')).toEqual({ channelId: channel.id, guildId, channel: shaped });
        await socket.heardMessage(message.id);
      }
      const change = { channelId: channel.id, name: 'old plans' };
      await mutate(graph, 'updateChannel', 'UpdateChannelInput', change, 'channel { id }');
      for (const socket of sockets)
        expect(await socket.heard('channel.update')).toMatchObject({ channel: { _id: channel.id, name: 'old plans' } });
      await mutate(graph, 'deleteChannel', 'DeleteChannelInput', { channelId: channel.id }, 'channelId');
      for (const socket of sockets)
        expect(await socket.heard('channel.delete')).toEqual({
          channelId: channel.id,
          guildId,
          channel: { _id: channel.id, guildId },
        });
      await expectDescribed(place, ...sockets);
    });

    test('channel.create tells two people of their direct channel, whatever they listen to', async () => {
      covers('gateway:channel.create');
      const [one, other] = [await place.person(), await place.person()];
      const sockets = [await joinGateway(place, one, { path }), await joinGateway(place, other, { path })];
      const { dm_channel } = await one.rest.post(`/users/${other.id}/dm-channels`, undefined, DirectChannelOpened);
      for (const socket of sockets)
        expect(await socket.heard('channel.create')).toMatchObject({
          channelId: dm_channel.id,
          guildId: null,
          channel: { type: 'direct', recipients: expect.arrayContaining([personOf(one), personOf(other)]) },
        });
      await expectDescribed(place, ...sockets);
    });
  });

  test('a message of any dialect comes to both paths with the same id, once and in one order', async () => {
    covers('gateway rule:a message comes from every dialect', 'gateway rule:one account, many sockets');
    const { owner, member, server_id, channel_id: channelId, messages } = await place.channel();
    const guilds = [server_id];
    const sockets = await Promise.all(
      paths.flatMap((path) => [owner, member, member].map((person) => joinGateway(place, person, { path, guilds }))),
    );
    const ids: string[] = [];
    const byRest = async (person: Person) =>
      ids.push((await person.rest.post(messages, { content: 'by REST' }, MessageCreated)).message.id);
    const byGraph = async (person: Person) => {
      const { sendMessage } = await place
        .graph(person)
        .run<{ sendMessage: { message: { id: string } } }>(
          'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }',
          { input: { channelId, content: 'by GraphQL' } },
        );
      ids.push(sendMessage.message.id);
    };
    await byRest(owner);
    await byGraph(member);
    await byRest(member);
    await sockets.at(-1)?.close();
    await byGraph(owner);
    for (const socket of sockets.slice(0, -1)) {
      await socket.heardMessage(ids.at(-1) ?? '');
      expect(socket.messages).toEqual(ids);
    }
    await expectDescribed(place, ...sockets);
  });
});
