import { KopruError, notFound } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { GuildFeed, GuildReaders } from '@kopru/schema/operations/ws-gateway.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, type GatewayClient, TestGateway } from '../testing/gateway.ts';

let gateway: TestGateway;
const [ada, can, eve] = [newId(), newId(), newId()];
const [general, hidden] = [newId(), newId()];

beforeEach(async () => {
  gateway = new TestGateway();
  await gateway.open();
});
afterEach(() => gateway.close());

const deleted = (messageId: string, channelId = general) => ({ __typename: 'MessageDeleted', messageId, channelId });
const presence = (userId: string, status = 'IDLE') => ({
  __typename: 'PresenceChanged',
  presence: { user: { id: userId }, status, customStatus: null },
});
const removed = (userId: string) => ({ __typename: 'MemberRemoved', user: { id: userId } });
const roles = { __typename: 'RolesChanged' };
const idsHeard = (client: GatewayClient) =>
  client.frames.flatMap(({ data }) => (data && 'messageId' in data ? [data.messageId] : []));
/** Ends `clients`' waiting: whoever is still told anything has heard all that came before. */
const heard = (id: string, ...clients: GatewayClient[]) =>
  eventually(() => {
    for (const client of clients) expect(idsHeard(client)).toContain(id);
  });

const feeds = (guildId: string) => gateway.graph.listening(GuildFeed, { guildId });

describe('a guild', () => {
  test('has one feed, whatever the number of sockets, until the last one leaves', async () => {
    const guildId = gateway.guild([ada, can], [general]);
    const clients = await Promise.all(
      [ada, ada, can].flatMap((user) => [gateway.ready(user, '/'), gateway.ready(user, '/ws')]),
    );
    await Promise.all(clients.map((client) => client.subscribe(guildId)));
    expect(gateway.asked('GuildFeed')).toMatchObject([{ variables: { guildId }, caller: { asService: true } }]);
    gateway.tell(guildId, deleted('m1'));
    await heard('m1', ...clients);
    for (const client of clients) expect(idsHeard(client)).toEqual(['m1']);

    const [last, ...others] = clients as [GatewayClient, ...GatewayClient[]];
    for (const [index, client] of others.entries())
      if (index % 2) client.socket.terminate();
      else client.say('GUILD_UNSUBSCRIBE', { guildId });
    await others[0]?.settled();
    expect(feeds(guildId)).toHaveLength(1);
    gateway.tell(guildId, deleted('m2'));
    await heard('m2', last);
    expect(idsHeard(others[0] as GatewayClient)).toEqual(['m1']);
    last.say('GUILD_UNSUBSCRIBE', { guildId });
    await eventually(() => expect(feeds(guildId)).toEqual([]));
  });

  test('asks about many people at once', async () => {
    const people = Array.from({ length: 30 }, newId);
    const guildId = gateway.guild(people, [general]);
    const clients = await Promise.all(people.map((user) => gateway.ready(user)));
    // The feed is there, so that nobody waits for it.
    await (clients[0] as GatewayClient).subscribe(guildId);
    for (const client of clients) client.say('GUILD_SUBSCRIBE', { guildId });
    await Promise.all(clients.map((client) => client.settled()));
    const batches = gateway.asked('GuildReaders').map(({ variables }) => (variables.userIds as string[]).length);
    expect(batches.reduce((sum, size) => sum + size, 0)).toBe(30);
    expect(batches.length).toBeLessThan(30);
  });

  test('is for members: others are told that they are none, and nothing else', async () => {
    const guildId = gateway.guild([ada], [general]);
    const [member, stranger] = [await gateway.ready(ada), await gateway.ready(eve)];
    await member.subscribe(guildId);
    await stranger.subscribe(guildId);
    const unknown = newId();
    await stranger.subscribe(unknown);
    expect(stranger.all('ERROR').map(({ data }) => data)).toEqual(
      [guildId, unknown].map((id) => ({ op: 'GUILD_SUBSCRIBE', guildId: id, reason: 'not a member of this guild' })),
    );
    gateway.tell(guildId, deleted('m1'));
    gateway.tell(guildId, presence(ada));
    await heard('m1', member);
    await stranger.settled();
    expect(stranger.events).toEqual([]);
    expect(gateway.gateway.stats().guilds).toBe(1);
  });

  test('that nobody got into is let go', async () => {
    const guildId = gateway.guild([ada]);
    await (await gateway.ready(eve)).subscribe(guildId);
    expect(gateway.asked('GuildFeed')).toHaveLength(1);
    expect(feeds(guildId)).toEqual([]);
  });

  test('tells of a channel only those who read it', async () => {
    const guildId = gateway.guild([ada, can], [general]);
    gateway.guilds.get(guildId)?.set(ada, [general, hidden]);
    const [all, some] = [await gateway.ready(ada), await gateway.ready(can)];
    for (const client of [all, some]) await client.subscribe(guildId);
    gateway.tell(guildId, deleted('m1', hidden));
    gateway.tell(guildId, { __typename: 'TypingStarted', channelId: hidden, user: { id: ada } });
    gateway.tell(guildId, { __typename: 'ForeignEvent', name: 'poll', data: '{}', forChannelId: hidden });
    gateway.tell(guildId, { __typename: 'ChannelDeleted', channelId: hidden });
    gateway.tell(guildId, { __typename: 'ForeignEvent', name: 'fair', data: '{"a":1}', forChannelId: null });
    gateway.tell(guildId, deleted('m2'));
    await heard('m2', all, some);
    expect(some.events).toEqual([
      { event: 'fair', data: { a: 1 } },
      { event: 'message.delete', data: { messageId: 'm2', channelId: general } },
    ]);
    expect(all.events).toHaveLength(6);
  });

  test('tells nothing more to who is no member any more, from that moment', async () => {
    const guildId = gateway.guild([ada, can], [general]);
    const kicked = [await gateway.ready(can), await gateway.ready(can, '/ws')];
    const staying = await gateway.ready(ada);
    for (const client of [...kicked, staying]) await client.subscribe(guildId);
    gateway.tell(guildId, deleted('m1'));
    gateway.tell(guildId, removed(can));
    gateway.tell(guildId, deleted('m2'));
    await heard('m2', staying);
    for (const client of kicked) {
      await client.settled();
      expect(idsHeard(client)).toEqual(['m1']);
    }
    // Back again, they may listen again.
    await kicked[0]?.subscribe(guildId);
    gateway.tell(guildId, deleted('m3'));
    await heard('m3', staying, kicked[0] as GatewayClient);
  });

  test('takes nobody in on an answer from before they were removed', async () => {
    const guildId = gateway.guild([ada, can], [general]);
    const staying = await gateway.ready(ada);
    await staying.subscribe(guildId);
    const client = await gateway.ready(can);
    const answers: (() => void)[] = [];
    gateway.graph.on(GuildReaders, async ({ userIds }) => {
      const members = gateway.guilds.get(guildId)?.has(can) ?? false;
      await new Promise<void>((resolve) => answers.push(resolve));
      return { serverReaders: members ? [{ userIds, channelIds: [general] }] : [] };
    });
    client.say('GUILD_SUBSCRIBE', { guildId });
    await eventually(() => expect(answers).toHaveLength(1));
    gateway.guilds.get(guildId)?.delete(can);
    gateway.tell(guildId, removed(can));
    answers[0]?.();
    await eventually(() => expect(answers).toHaveLength(2));
    answers[1]?.();
    await client.heard('ERROR');
    gateway.tell(guildId, deleted('m1'));
    await heard('m1', staying);
    expect(idsHeard(client)).toEqual([]);
  });

  test('asks again when roles change, and tells nothing meanwhile', async () => {
    const guildId = gateway.guild([ada, can, eve], [general]);
    const [first, second, third] = await Promise.all([ada, can, eve].map((user) => gateway.ready(user)));
    const clients = [first, second, third] as [GatewayClient, GatewayClient, GatewayClient];
    for (const client of clients) await client.subscribe(guildId);
    const answers: (() => void)[] = [];
    gateway.graph.on(GuildReaders, async ({ userIds }) => {
      const members = new Map(gateway.guilds.get(guildId));
      await new Promise<void>((resolve) => answers.push(resolve));
      return { serverReaders: userIds.map((userId) => ({ userIds: [userId], channelIds: members.get(userId) ?? [] })) };
    });
    gateway.guilds.get(guildId)?.set(can, []);
    gateway.tell(guildId, roles);
    gateway.tell(guildId, deleted('m1'));
    gateway.tell(guildId, removed(eve));
    gateway.tell(guildId, { __typename: 'MemberUpdated', user: { id: can } });
    gateway.tell(guildId, deleted('m2'));
    await eventually(() => expect(answers).toHaveLength(1));
    for (const client of clients) {
      await client.settled();
      expect(idsHeard(client)).toEqual([]);
    }
    gateway.guilds.get(guildId)?.set(can, [general]);
    answers[0]?.();
    await heard('m1', clients[0]);
    await eventually(() => expect(answers).toHaveLength(2));
    expect(gateway.asked('GuildReaders').at(-1)?.variables).toEqual({ guildId, userIds: [can] });
    answers[1]?.();
    await heard('m2', clients[0], clients[1]);
    expect(clients.map(idsHeard)).toEqual([['m1', 'm2'], ['m2'], []]);
  });

  test('tells of a new channel those who read it, and then what is said there', async () => {
    const guildId = gateway.guild([ada, can], [general]);
    const [reader, other] = [await gateway.ready(ada), await gateway.ready(can)];
    for (const client of [reader, other]) await client.subscribe(guildId);
    const channel = { id: newId(), type: 'TEXT', name: 'new', topic: null, position: 1, createdAt: at };
    gateway.guilds.get(guildId)?.set(ada, [general, channel.id]);
    gateway.tell(guildId, { __typename: 'ChannelCreated', channel });
    gateway.tell(guildId, deleted('m1', channel.id));
    gateway.tell(guildId, deleted('m2'));
    await heard('m2', reader, other);
    expect(reader.events).toMatchObject([
      { event: 'channel.create', data: { guildId, channel: { _id: channel.id, name: 'new' } } },
      { data: { messageId: 'm1' } },
      { data: { messageId: 'm2' } },
    ]);
    expect(idsHeard(other)).toEqual(['m2']);
    expect(other.events).toHaveLength(1);
  });

  test('that is deleted leaves its sockets open', async () => {
    const guildId = gateway.guild([ada], [general]);
    const client = await gateway.ready(ada);
    await client.subscribe(guildId);
    for (const sink of feeds(guildId)) sink.error([notFound('Server').toJSON()]);
    await client.settled();
    expect(client.all('ERROR')).toEqual([]);
    expect(gateway.gateway.stats()).toEqual({ users: 1, sockets: 1, guilds: 0 });
    gateway.guilds.delete(guildId);
    await client.subscribe(guildId);
    expect(client.all('ERROR')).toHaveLength(1);
  });

  test.each([
    [
      'its feed is lost',
      (id: string) => feeds(id).map((sink) => sink.error([new KopruError('RESUME_GAP', '').toJSON()])),
    ],
    [
      'an event cannot be told',
      (id: string) =>
        gateway.graph.deliver({ data: null, errors: [new KopruError('UNAVAILABLE', 'Away.').toJSON()] }, feeds(id)),
    ],
    [
      'it cannot be found out who reads what',
      (id: string) => {
        gateway.graph.on(GuildReaders, () => {
          throw new KopruError('UNAVAILABLE', 'Away.');
        });
        gateway.tell(id, roles);
      },
    ],
  ])('closes the sockets that listen to it with 1011 where %s', async (_what, lose) => {
    const [guildId, other] = [gateway.guild([ada], [general]), gateway.guild([ada], [general])];
    const [listening, elsewhere] = [await gateway.ready(ada), await gateway.ready(ada)];
    await listening.subscribe(guildId);
    await elsewhere.subscribe(other);
    lose(guildId);
    expect((await listening.closed)[0]).toBe(1011);
    await elsewhere.settled();
    expect(feeds(guildId)).toEqual([]);
  });

  test('passes over what is gone by the time it is told', async () => {
    const guildId = gateway.guild([ada], [general]);
    const client = await gateway.ready(ada);
    await client.subscribe(guildId);
    gateway.graph.deliver({ data: null, errors: [notFound('Channel').toJSON()] }, feeds(guildId));
    gateway.tell(guildId, deleted('m1'));
    await heard('m1', client);
    expect(client.events).toHaveLength(1);
  });
});

describe('presence', () => {
  test('is told once to who shares several guilds, by the first of them', async () => {
    const [one, other] = [gateway.guild([ada, can, eve]), gateway.guild([ada, can])];
    const [both, single] = [await gateway.ready(ada), await gateway.ready(eve)];
    await both.subscribe(one);
    await both.subscribe(other);
    await single.subscribe(one);
    gateway.tell(one, presence(can, 'IDLE'), 'e1');
    gateway.tell(other, presence(can, 'IDLE'), 'e1');
    gateway.tell(other, presence(can, 'DND'), 'e2');
    gateway.tell(one, presence(can, 'DND'), 'e2');
    const statuses = (client: GatewayClient) =>
      client.frames.flatMap(({ event, data }) => (event === 'presence.update' ? [data.status] : []));
    await eventually(() => expect(statuses(single)).toEqual(['idle', 'dnd']));
    await both.settled();
    expect(statuses(both)).toEqual(['idle', 'dnd']);
  });

  test('is told by the second guild to who began to listen to the first after it was told there', async () => {
    const [one, other] = [gateway.guild([ada, can]), gateway.guild([ada, can])];
    const [late, early] = [await gateway.ready(ada), await gateway.ready(can)];
    await early.subscribe(one);
    await late.subscribe(other);
    gateway.tell(one, presence(can), 'e1');
    await late.subscribe(one);
    gateway.tell(other, presence(can), 'e1');
    await late.first(({ event }) => event === 'presence.update');
  });
});

describe('channels, on /ws', () => {
  test('bring what is said in them, and nothing else of their guild', async () => {
    const guildId = gateway.guild([ada], [general, hidden]);
    const client = await gateway.ready(ada, '/ws');
    client.say('SUBSCRIBE', { channelId: general });
    await client.settled();
    expect(gateway.asked('ChannelGuild')).toMatchObject([{ caller: { token: expect.any(String) } }]);
    gateway.tell(guildId, presence(ada));
    gateway.tell(guildId, deleted('m1', hidden));
    gateway.tell(guildId, deleted('m2', general));
    await heard('m2', client);
    expect(client.events).toHaveLength(1);
    expect(gateway.gateway.stats().guilds).toBe(0);
    client.say('UNSUBSCRIBE', { channelId: general });
    await client.settled();
    expect(feeds(guildId)).toEqual([]);
  });

  test('and their guild together bring everything once', async () => {
    const guildId = gateway.guild([ada], [general]);
    const client = await gateway.ready(ada, '/ws');
    client.say('SUBSCRIBE', { channelId: general });
    client.say('GUILD_SUBSCRIBE', { guildId });
    await client.settled();
    gateway.tell(guildId, deleted('m1'));
    client.say('GUILD_UNSUBSCRIBE', { guildId });
    await client.settled();
    gateway.tell(guildId, deleted('m2'));
    gateway.tell(guildId, presence(ada));
    client.say('UNSUBSCRIBE', { channelId: general });
    await client.settled();
    gateway.tell(guildId, deleted('m3'));
    await client.settled();
    expect(idsHeard(client)).toEqual(['m1', 'm2']);
    expect(client.events).toHaveLength(2);
  });

  test('are for who may read them', async () => {
    const guildId = gateway.guild([ada, can], [general]);
    gateway.guilds.get(guildId)?.set(can, []);
    const [blind, stranger] = [await gateway.ready(can, '/ws'), await gateway.ready(eve, '/ws')];
    const unknown = newId();
    for (const client of [blind, stranger])
      for (const channelId of [general, unknown]) client.say('SUBSCRIBE', { channelId });
    for (const client of [blind, stranger]) {
      await client.settled();
      expect(client.all('ERROR').map(({ data }) => data)).toEqual(
        [general, unknown].map((channelId) => ({
          op: 'SUBSCRIBE',
          channelId,
          reason: 'no such channel, or one that you may not read',
        })),
      );
    }
    expect(feeds(guildId)).toEqual([]);
  });

  test('end with the membership', async () => {
    const guildId = gateway.guild([ada, can], [general]);
    const [client, staying] = [await gateway.ready(can, '/ws'), await gateway.ready(ada, '/ws')];
    for (const socket of [client, staying]) {
      socket.say('SUBSCRIBE', { channelId: general });
      await socket.settled();
    }
    gateway.tell(guildId, removed(can));
    gateway.tell(guildId, deleted('m1'));
    await heard('m1', staying);
    await client.settled();
    expect(client.events).toEqual([]);
  });
});
