import { type Channel, type ConsumeMessage, connect } from 'amqplib';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { ChannelCreated, MessageCreated, Said } from '../../client/shapes.ts';
import { joinGateway } from '../../gateway.ts';
import type { Place } from '../../place.ts';
import { mutate } from './operations.ts';

interface Told {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Services beside this system, which hear of events by plain clients of Redis and RabbitMQ. */
export function outside(place: Place, { broker }: { readonly broker: boolean }): void {
  test('a plain client of Redis hears of everything that has an older name, once and in order', async () => {
    const told = await gatewayEvents(place);
    const { owner, member, server_id: guildId, channel_id: channelId, messages } = await place.channel();
    const { channel } = await owner.rest.post(`/servers/${guildId}/channels`, { name: 'new' }, ChannelCreated);
    const { id } = (await owner.rest.post(messages, { content: 'Hello!' }, MessageCreated)).message;
    await mutate(
      place.graph(owner, 1),
      'editMessage',
      'EditMessageInput',
      { messageId: id, content: 'Hi!' },
      'message { id }',
    );
    await mutate(place.graph(member, 1), 'startTyping', 'StartTypingInput', { channelId }, 'channelId');
    await owner.rest.delete(`${messages}/${id}`, Said);
    await mutate(
      place.graph(owner, 0),
      'updateServer',
      'UpdateServerInput',
      { serverId: guildId, name: 'New' },
      'server { id }',
    );

    const guild = { guildId, guild: { _id: guildId } };
    const message = {
      _id: id,
      channelId,
      guildId,
      authorId: owner.id,
      type: 'default',
      pinned: false,
      mentionEveryone: false,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    };
    await expect
      .poll(() => told.filter(({ event, data }) => event.startsWith('message.') && data.channelId === channelId))
      .toEqual([
        { event: 'message.create', data: { channelId, message: { ...message, content: 'Hello!', edited: false } } },
        { event: 'message.update', data: { channelId, message: { ...message, content: 'Hi!', edited: true } } },
        { event: 'message.delete', data: { messageId: id, channelId } },
      ]);
    await expect
      .poll(() => told.filter(({ data }) => data.guildId === guildId))
      .toEqual([
        { event: 'guild.create', data: { ...guild, userId: owner.id } },
        { event: 'guild.create', data: { ...guild, userId: member.id } },
        {
          event: 'channel.create',
          data: { channelId: channel.id, guildId, channel: { _id: channel.id, guildId } },
        },
        { event: 'guild.update', data: guild },
      ]);
    await expect
      .poll(() => told.filter(({ data }) => data.userId === member.id && data.channelId === channelId))
      .toEqual([{ event: 'typing.start', data: { channelId, userId: member.id } }]);
  });

  if (!broker) return;

  test('a plain client of RabbitMQ hears and is heard', async () => {
    const told = await gatewayEvents(place);
    const channel = await amqpChannel(place);
    const exchange = place.settings.AMQP_EXCHANGE ?? '';
    const heard: ConsumeMessage[] = [];
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, exchange, 'message.*');
    await channel.consume(queue, (message) => void (message && heard.push(message)), { noAck: true });

    const { owner, channel_id: channelId, messages } = await place.channel();
    const { id } = (await owner.rest.post(messages, { content: 'from inside' }, MessageCreated)).message;
    await expect.poll(() => heard.map(({ fields }) => fields.routingKey)).toEqual(['message.create']);
    const [ours] = heard;
    expect(JSON.parse(String(ours?.content))).toMatchObject({
      channelId,
      message: { _id: id, authorId: owner.id, content: 'from inside' },
    });
    expect(ours?.properties).toMatchObject({ deliveryMode: 2, type: 'message.created' });

    const data = { channelId, message: { _id: 'theirs', authorId: 'robot', content: 'from outside' } };
    channel.publish(exchange, 'message.create', Buffer.from(JSON.stringify(data)), {
      messageId: '1',
      persistent: true,
    });
    await expect
      .poll(() => told.find(({ data: { message } }) => (message as { _id?: string })?._id === 'theirs'))
      .toBeTruthy();
    expect(told.filter(({ event }) => event === 'message.create').map(({ data }) => data)).toEqual([
      JSON.parse(String(ours?.content)),
      data,
    ]);
  });

  test('what a service outside announces reaches the sockets of the gateway, as it is, and those alone whom it is for', async () => {
    const channel = await amqpChannel(place);
    const announce = (name: string, data: object) =>
      channel.publish(place.settings.AMQP_EXCHANGE ?? '', name, Buffer.from(JSON.stringify(data)), {
        messageId: `${name} ${JSON.stringify(data)}`,
        persistent: true,
      });
    const { owner, member, server_id: guildId, channel_id: channelId } = await place.channel();
    const guilds = [guildId];
    const sockets = [await joinGateway(place, owner, { guilds }), await joinGateway(place, member, { at: 1, guilds })];
    const channelOnly = await joinGateway(place, member, { path: '/ws', at: 1 });
    channelOnly.send('SUBSCRIBE', { channelId });
    const stranger = await joinGateway(place, await place.person(), { guilds });
    await Promise.all([channelOnly.settled(), stranger.settled()]);

    const inChannel = { channelId, message: { _id: 'theirs', authorId: 'robot', content: 'beep', deep: [1, null] } };
    const inGuild = { guildId, poll: { question: 'Tea?' } };
    announce('guild.poll', inGuild);
    announce('message.create', inChannel);
    for (const socket of [...sockets, channelOnly]) expect(await socket.heardMessage('theirs')).toEqual(inChannel);
    for (const socket of sockets) expect(await socket.heard('guild.poll')).toEqual(inGuild);
    await Promise.all([channelOnly.settled(), stranger.settled()]);
    expect(channelOnly.events).toEqual(['message.create']);
    expect(stranger.events).toEqual([]);
  });

  test('every process says whether it reaches RabbitMQ', async () => {
    const origins = [...place.installation.graphql, ...place.installation.rest].map((url) => new URL('/metrics', url));
    for (const url of origins) {
      const metrics = await (await fetch(url)).text();
      for (const connection of ['publisher', 'bridge'])
        expect(metrics).toMatch(
          new RegExp(`^kopru_amqp_connected\\{connection="${connection}",service="[\\w-]+"\\} 1$`, 'm'),
        );
    }
  });
}

async function gatewayEvents({ settings }: Place): Promise<Told[]> {
  const redis = new Redis(settings.REDIS_URL ?? '');
  onTestFinished(() => redis.disconnect());
  const told: Told[] = [];
  redis.on('message', (_, message) => told.push(JSON.parse(message)));
  await redis.subscribe(settings.GATEWAY_EVENTS_CHANNEL ?? '');
  return told;
}

async function amqpChannel({ settings }: Place): Promise<Channel> {
  const connection = await connect(settings.AMQP_URL ?? '');
  onTestFinished(() => connection.close());
  return connection.createChannel();
}
