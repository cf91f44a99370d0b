import { expect, test } from 'vitest';
import { ChannelCreated, DirectChannelOpened, LoggedIn, MessageCreated, Said, Servers } from '../../client/shapes.ts';
import { op } from '../../client/socket.ts';
import type { Place } from '../../place.ts';
import { channelEvents, mutate, sendMessage, type ViewerEventsData, viewerEvents } from './operations.ts';

/** Who may hear what, as it changes. */
export function access(place: Place): void {
  test('somebody who joins while connected hears the server from then on', async () => {
    const [ayse, mehmet] = [await place.person('ayse', 0), await place.person('mehmet', 1)];
    const { server_id, messages } = await place.server(ayse);
    await ayse.rest.post(messages, { content: 'before anybody came' }, MessageCreated);
    const socket = await place.connect(mehmet, 1);
    const feed = await place.live<ViewerEventsData>(mehmet, viewerEvents, {}, 0);

    await place.join(ayse, mehmet, server_id);
    await socket.heard(op.SERVER_MEMBER_ADD, { server_id });
    const { channel } = await ayse.rest.post(`/servers/${server_id}/channels`, { name: 'new' }, ChannelCreated);
    const { message } = await ayse.rest.post(messages, { content: 'welcome' }, MessageCreated);
    const path = `/channels/${channel.id}/messages`;
    const inNew = (await ayse.rest.post(path, { content: 'the new channel is open' }, MessageCreated)).message;
    await socket.heard(op.CHANNEL_CREATE, { channel_id: channel.id });
    await socket.heard(op.MESSAGE_CREATE, { message_id: message.id });
    await socket.heard(op.MESSAGE_CREATE, { message_id: inNew.id });
    expect(socket.all(op.MESSAGE_CREATE)).toHaveLength(2);
    await feed.heard('second message', ({ viewerEvents: { message } }) => message?.id === inNew.id);
    await feed.heard('first message', (data) => data.viewerEvents.message?.id === message.id);
    expect(feed.data.filter(({ viewerEvents: { message } }) => message)).toHaveLength(2);
  });

  test('whoever is kicked hears nothing more of the server, in any dialect', async () => {
    const { owner, member, server_id, channel_id: channelId, messages } = await place.channel();
    const { dm_channel } = await owner.rest.post(`/users/${member.id}/dm-channels`, undefined, DirectChannelOpened);
    const [watching, socket] = [await place.connect(owner, 0), await place.connect(member, 1)];
    const live = await place.live(member, channelEvents, { channelId }, 1);
    const feed = await place.live<ViewerEventsData>(member, viewerEvents, {}, 0);
    const before = (await owner.rest.post(messages, { content: 'still here' }, MessageCreated)).message.id;
    await socket.heard(op.MESSAGE_CREATE, { message_id: before });
    await live.atLeast(1);

    const kick = { serverId: server_id, userId: member.id };
    await mutate(place.graph(owner), 'kickMember', 'KickMemberInput', kick, 'userId');
    const after = (await owner.rest.post(messages, { content: 'gone' }, MessageCreated)).message.id;
    await watching.heard(op.MESSAGE_CREATE, { message_id: after });
    // What is in the log after that message is heard after it: whoever hears this would have heard that.
    const direct = (await sendMessage(place.graph(owner, 1), { channelId: dm_channel.id, content: 'sorry' })).id;
    await socket.heard(op.MESSAGE_CREATE, { message_id: direct });
    await feed.heard('direct message', ({ viewerEvents: { message } }) => message?.id === direct);

    expect(socket.all(op.MESSAGE_CREATE).map(({ d }) => d.message_id)).toEqual([before, direct]);
    expect(feed.data.flatMap(({ viewerEvents: { message } }) => message?.id ?? [])).toEqual([before, direct]);
    expect(await live.ended).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(live.inbox.items).toHaveLength(1);
    await socket.heard(op.SERVER_MEMBER_REMOVE, { server_id });

    for (const at of [0, 1]) {
      await expect
        .poll(async () => (await member.rest.at(place.restAt(at).url).send('GET', messages)).status)
        .toBe(403);
      const { errors } = await place.graph(member, at).send('query C($id: ID!) { channel(id: $id) { name } }', {
        id: channelId,
      });
      expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    }
    expect((await member.rest.get('/servers', Servers)).servers).toEqual([]);
  });

  test('logging out closes the sockets of every dialect, and voids the token at every process', async () => {
    const person = await place.person('ayse', 0);
    const { token: otherToken } = await place.rest.post('/auth/login', person, LoggedIn);
    const other = { ...person, token: otherToken };
    const [here, there] = [await place.connect(person, 0), await place.connect(person, 1)];
    const staying = await place.connect(other, 1);
    const connections = [place.socket(person, 0), place.socket(person, 1)];
    for (const connection of connections) await connection.subscribe(viewerEvents);

    await person.rest.post('/auth/logout', undefined, Said);
    for (const { code } of await Promise.all([here.closed, there.closed])) expect(code).toBe(4004);
    for (const { code } of await Promise.all(connections.map(({ closed }) => closed)))
      expect(code).toBeGreaterThanOrEqual(4000);
    for (const at of [0, 1]) {
      const rest = person.rest.at(place.restAt(at).url);
      await expect.poll(async () => (await rest.send('GET', '/servers')).status).toBe(401);
      expect((await rest.send('GET', '/auth/me')).status).toBe(401);
      const { data, errors } = await place.graph(person, at).send('{ viewer { id } }');
      expect(errors?.[0]?.extensions?.code, JSON.stringify(data)).toBe('UNAUTHENTICATED');
    }
    staying.send(op.HEARTBEAT);
    await staying.heard(op.HEARTBEAT_ACK);
  });
}
