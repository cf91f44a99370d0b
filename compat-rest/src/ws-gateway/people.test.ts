import { KopruError } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { DirectFeed, GuildFeed, Guilds, Memberships } from '@kopru/schema/operations/ws-gateway.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, type GatewayClient, TestGateway } from '../testing/gateway.ts';

let gateway: TestGateway;
const [ada, can] = [newId(), newId()];

beforeEach(async () => {
  gateway = new TestGateway();
  await gateway.open();
});
afterEach(() => gateway.close());

const server = (id: string) => ({
  id,
  name: 'Home',
  description: null,
  iconUrl: null,
  owner: { id: can },
  createdAt: at,
});
const added = (guildId: string, userId: string) => ({
  __typename: 'MemberAdded',
  server: server(guildId),
  user: { id: userId },
});
const removed = (serverId: string, userId: string) => ({ __typename: 'MemberRemoved', serverId, user: { id: userId } });
const gone = (serverId: string) => ({ __typename: 'ServerDeleted', serverId });
const opened = (id: string, ...users: string[]) => ({
  __typename: 'DirectChannelOpened',
  channel: {
    id,
    type: 'DIRECT',
    name: null,
    topic: null,
    position: 0,
    createdAt: at,
    recipients: users.map((user) => ({ id: user, username: user, displayName: user, avatarUrl: null })),
  },
});
const told = (client: GatewayClient) =>
  client.frames.flatMap(({ event, data }) => (event ? [`${event} ${data.guildId ?? data.channelId}`] : []));

describe('people hear of their own', () => {
  test('guilds and direct channels on all of their sockets, whatever they listen to, and of nobody else’s', async () => {
    const [home, work] = [gateway.guild([ada, can]), gateway.guild([can])];
    const mine = [await gateway.ready(ada), await gateway.ready(ada, '/ws')];
    const other = await gateway.ready(can);
    const direct = newId();
    gateway.tellMembership(added(work, ada));
    gateway.tellMembership(opened(direct, ada, newId()));
    gateway.tellMembership(removed(home, ada));
    gateway.tellMembership(gone(work));
    for (const client of mine)
      await eventually(() =>
        expect(told(client)).toEqual([
          `guild.create ${work}`,
          `channel.create ${direct}`,
          `guild.delete ${home}`,
          `guild.delete ${work}`,
        ]),
      );
    await other.settled();
    expect(told(other)).toEqual([`guild.delete ${work}`]);
    expect(gateway.asked('Memberships')).toHaveLength(1);
  });

  test('once: what READY or a frame has told is not told again', async () => {
    const home = gateway.guild([ada]);
    const client = await gateway.ready(ada);
    gateway.tellMembership(added(home, ada));
    gateway.tellMembership(removed(home, ada));
    gateway.tellMembership(removed(home, ada));
    gateway.tellMembership(gone(home));
    gateway.tellMembership(added(home, ada));
    await eventually(() => expect(told(client)).toEqual([`guild.delete ${home}`, `guild.create ${home}`]));
  });

  test('also what happens while they connect', async () => {
    const [before, joined, left] = [gateway.guild([ada]), gateway.guild([]), gateway.guild([ada])];
    const direct = newId();
    const edges = [before, left].map((id) => ({ node: { id } }));
    gateway.graph.on(Guilds, () => {
      gateway.tellMembership(added(joined, ada));
      gateway.tellMembership(opened(direct, ada));
      gateway.tellMembership(gone(left));
      return { viewer: { id: ada, servers: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
    });
    const client = await gateway.ready(ada);
    await client.settled();
    expect((await client.heard('READY')).data.guilds).toEqual([before, joined]);
    expect(told(client)).toEqual([`channel.create ${direct}`]);
  });

  test('and a guild that is gone is let go as soon as that is heard', async () => {
    const home = gateway.guild([ada], ['c1']);
    const client = await gateway.ready(ada);
    await client.subscribe(home);
    gateway.tellMembership(gone(home));
    expect(gateway.graph.listening(GuildFeed)).toEqual([]);
    gateway.guilds.delete(home);
    await client.subscribe(home);
    expect(client.all('ERROR')).toHaveLength(1);
    expect(told(client)).toEqual([`guild.delete ${home}`]);
  });

  test('and are out of a guild as soon as that is heard', async () => {
    const home = gateway.guild([ada, can], ['c1']);
    const [leaving, staying] = [await gateway.ready(ada), await gateway.ready(can)];
    for (const client of [leaving, staying]) await client.subscribe(home);
    gateway.tellMembership(removed(home, ada));
    gateway.tell(home, { __typename: 'MessageDeleted', messageId: 'm1', channelId: 'c1' });
    await staying.first(({ event }) => event === 'message.delete');
    await leaving.settled();
    expect(told(leaving)).toEqual([`guild.delete ${home}`]);
  });
});

test('a feed that is lost closes all sockets with 1011, and the next one opens another', async () => {
  const clients = [await gateway.ready(ada), await gateway.ready(can)];
  for (const sink of gateway.graph.listening(Memberships)) sink.error([new KopruError('RESUME_GAP', '').toJSON()]);
  expect((await Promise.all(clients.map(({ closed }) => closed))).map(([code]) => code)).toEqual([1011, 1011]);
  await gateway.ready(ada);
  expect(gateway.asked('Memberships')).toHaveLength(2);
});

test('a feed that cannot be had closes the socket with 1011, and the next one tries again', async () => {
  let refusal: KopruError | undefined = new KopruError('UNAVAILABLE', 'Away.');
  gateway.graph.onSubscribe(Memberships, async () => refusal);
  const client = gateway.socket();
  await client.heard('HELLO');
  client.say('IDENTIFY', { token: await gateway.token(ada) });
  expect((await client.closed)[0]).toBe(1011);
  refusal = undefined;
  await gateway.ready(ada);
  expect(gateway.gateway.stats().users).toBe(1);
});

describe('a direct channel', () => {
  const event = (messageId: string, channelId: string) => ({
    data: { channelEvents: { __typename: 'MessageDeleted', messageId, channelId } },
  });

  test('has one feed, until the last socket leaves', async () => {
    const channelId = newId();
    gateway.directChannels.add(channelId);
    const clients = [await gateway.ready(ada, '/ws'), await gateway.ready(can, '/ws'), await gateway.ready(can, '/ws')];
    for (const client of clients) {
      client.say('SUBSCRIBE', { channelId });
      await client.settled();
    }
    const feeds = () => gateway.graph.listening(DirectFeed, { channelId });
    expect(gateway.asked('DirectFeed')).toMatchObject([{ caller: { asService: true } }]);
    gateway.graph.deliver(event('m1', channelId), feeds());
    for (const client of clients)
      expect(await client.first(({ event }) => event === 'message.delete')).toEqual({
        event: 'message.delete',
        data: { messageId: 'm1', channelId },
      });
    clients[0]?.say('UNSUBSCRIBE', { channelId });
    clients[1]?.socket.terminate();
    await clients[0]?.settled();
    gateway.graph.deliver(event('m2', channelId), feeds());
    await clients[2]?.first(({ data }) => data?.messageId === 'm2');
    expect(clients[0]?.events).toHaveLength(1);
    clients[2]?.socket.close();
    await eventually(() => expect(feeds()).toEqual([]));
  });

  test('closes its sockets with 1011 where its feed is lost', async () => {
    const channelId = newId();
    gateway.directChannels.add(channelId);
    const client = await gateway.ready(ada, '/ws');
    client.say('SUBSCRIBE', { channelId });
    await client.settled();
    gateway.graph.deliver(
      { data: null, errors: [new KopruError('UNAVAILABLE', 'Away.').toJSON()] },
      gateway.graph.listening(DirectFeed),
    );
    expect((await client.closed)[0]).toBe(1011);
    expect(gateway.graph.listening(DirectFeed)).toEqual([]);
  });
});
