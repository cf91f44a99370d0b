import { expect, test } from 'vitest';
import type { GatewayPath } from '../../client/gateway.ts';
import { LoggedIn, MessageCreated, Said } from '../../client/shapes.ts';
import { op } from '../../client/socket.ts';
import { joinGateway } from '../../gateway.ts';
import type { Place } from '../../place.ts';
import { history, mutate, sendMessage } from './operations.ts';

const paths: readonly GatewayPath[] = ['/', '/ws'];

/** Clients of the WebSocket Gateway, among those of the other dialects. */
export function gateway(place: Place): void {
  test('what is said in any dialect is heard on both paths of every process, once and in one order', async () => {
    const { owner, member, server_id, channel_id: channelId, messages } = await place.channel();
    const guilds = [server_id];
    const sockets = await Promise.all(
      [0, 1].flatMap((at) => paths.map((path) => joinGateway(place, at ? member : owner, { path, at, guilds }))),
    );
    const chat = await place.connect(member, 1);
    await Promise.all(
      [0, 1, 2, 3, 4].flatMap((number) => [
        owner.rest.at(place.restAt(number).url).post(messages, { content: `REST ${number}` }, MessageCreated),
        sendMessage(place.graph(member, number), { channelId, content: `GraphQL ${number}` }),
      ]),
    );
    const { id: last } = await sendMessage(place.graph(owner, 1), { channelId, content: 'the last' });
    const ids = await history(place.graph(owner), channelId);
    expect(ids).toHaveLength(11);
    await chat.heard(op.MESSAGE_CREATE, { message_id: last });
    for (const socket of sockets) {
      await socket.heardMessage(last);
      expect(socket.messages).toEqual(ids);
    }
  });

  test('somebody has sockets at both processes: one that closes leaves the others, and the last takes them offline', async () => {
    const { owner, member, server_id, messages } = await place.channel();
    const guilds = [server_id];
    const watching = await joinGateway(place, owner, { at: 1, guilds });
    const [first, second, third] = [
      await joinGateway(place, member, { at: 0, guilds }),
      await joinGateway(place, member, { path: '/ws', at: 0, guilds }),
      await joinGateway(place, member, { path: '/ws', at: 1, guilds }),
    ];
    const send = async () => (await owner.rest.post(messages, { content: 'hello' }, MessageCreated)).message.id;
    await first.close();
    const one = await send();
    for (const socket of [second, third]) await socket.heardMessage(one);
    await second.drop();
    const two = await send();
    await third.heardMessage(two);
    expect(third.messages).toEqual([one, two]);
    await third.close();
    await watching.heard('presence.update', { userId: member.id, status: 'offline' });
    const statuses = watching.all('presence.update').filter(({ userId }) => userId === member.id);
    expect(statuses.map(({ status }) => status)).toEqual(['online', 'offline']);
  });

  test('whoever is kicked, or logs out, hears nothing more at any process', async () => {
    const { owner, member, server_id: guildId, messages } = await place.channel();
    const guilds = [guildId];
    const { token } = await place.rest.post('/auth/login', member, LoggedIn);
    const other = { ...member, token };
    const witness = await joinGateway(place, owner, { at: 1, guilds });
    const leaving = await Promise.all([0, 1].map((at) => joinGateway(place, member, { at, guilds })));
    const kicked = await Promise.all([0, 1].map((at) => joinGateway(place, other, { path: '/ws', at, guilds })));
    const send = async () => (await owner.rest.post(messages, { content: 'hello' }, MessageCreated)).message.id;

    const one = await send();
    await Promise.all([...leaving, ...kicked].map((socket) => socket.heardMessage(one)));
    await member.rest.post('/auth/logout', undefined, Said);
    for (const socket of leaving) expect((await socket.closed).code).toBe(4004);
    const two = await send();
    await Promise.all(kicked.map((socket) => socket.heardMessage(two)));

    const kick = { serverId: guildId, userId: member.id };
    await mutate(place.graph(owner, 1), 'kickMember', 'KickMemberInput', kick, 'userId');
    const three = await send();
    await witness.heardMessage(three);
    for (const socket of kicked) {
      await socket.heard('guild.delete', { guildId });
      await socket.settled();
      expect(socket.messages).toEqual([one, two]);
    }
    for (const socket of leaving) expect(socket.messages).toEqual([one]);

    await place.join(owner, { ...other, rest: member.rest.as(token) }, guildId);
    for (const socket of kicked) {
      await socket.heard('guild.create', { guildId });
      await socket.subscribe(guildId);
    }
    const four = await send();
    for (const socket of kicked) {
      await socket.heardMessage(four);
      expect(socket.messages).toEqual([one, two, four]);
    }
  });
}

/** The same, while services go and come back. */
export function gatewayRestart(place: Place): void {
  test.each([
    ['messaging', 'kill'],
    ['community', 'stop'],
    ['identity', 'kill'],
  ] as const)('no event of the gateway is lost where %s goes (%s) and comes back', async (name, how) => {
    const { owner, member, server_id, messages } = await place.channel();
    const guilds = [server_id];
    const sockets = await Promise.all(
      [0, 1].map((at) => joinGateway(place, member, { path: at ? '/ws' : '/', at, guilds })),
    );
    const send = async (content: string) => (await owner.rest.post(messages, { content }, MessageCreated)).message.id;
    const ids = [await send('before'), await send('just before')];
    const service = place.installation.services.get(name);
    await service?.[how]();
    expect(service?.running).toBe(false);
    await service?.start();
    ids.push(await send('after'), await send('well after'));
    for (const socket of sockets) {
      await socket.heardMessage(ids.at(-1) as string);
      expect(socket.messages).toEqual(ids);
    }
  });
}
