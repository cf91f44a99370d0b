import { KopruError, unauthenticated } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { GuildReaders, Guilds, Memberships } from '@kopru/schema/operations/ws-gateway.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayClient, TestGateway } from '../testing/gateway.ts';
import { dialects } from './opcodes.ts';

let gateway: TestGateway;
const ada = newId();

beforeEach(async () => {
  gateway = new TestGateway();
  await gateway.open();
});
afterEach(() => gateway.close());

describe.each(dialects)('opening %s', (path) => {
  test('says HELLO first, and nothing else before it knows who', async () => {
    const client = gateway.socket(path);
    expect(await client.heard('HELLO')).toEqual({ op: 'HELLO', data: { heartbeatInterval: 30_000 } });
    expect(client.frames).toHaveLength(1);
    expect(gateway.graph.asked).toEqual([]);
  });

  test('answers IDENTIFY, sent without waiting, with READY', async () => {
    const guilds = [gateway.guild([ada]), gateway.guild([ada, newId()])];
    gateway.guild([newId()]);
    const token = await gateway.token(ada);
    const client = gateway.socket(path);
    client.socket.on('open', () => client.say('IDENTIFY', { token }));
    expect(await client.heard('READY')).toEqual({ op: 'READY', data: { userId: ada, guilds } });
    expect(gateway.asked('OpenConnection')).toMatchObject([{ caller: { token } }]);
    expect(gateway.asked('Memberships')).toMatchObject([{ caller: { asService: true } }]);
  });
});

test('other paths are not there', async () => {
  expect(await gateway.socket('/elsewhere').refused).toContain('404');
});

test('the query of the path does not matter', async () => {
  await gateway.socket('/?v=1').heard('HELLO');
});

describe('frames of a client', () => {
  test('heartbeats are acknowledged, with a body or without, also before it is known who', async () => {
    const client = gateway.socket();
    await client.heard('HELLO');
    for (const text of ['{"op":"HEARTBEAT","data":null}', '{"op":"HEARTBEAT"}', '{"op":"HEARTBEAT","data":{}}'])
      client.socket.send(text);
    await eventually(() => expect(client.texts.slice(1)).toEqual(Array(3).fill('{"op":"HEARTBEAT_ACK","data":null}')));
  });

  test('are answered in the order they came', async () => {
    const guildId = gateway.guild([ada]);
    const token = await gateway.token(ada);
    const client = gateway.socket();
    client.socket.on('open', () => {
      client.say('IDENTIFY', { token });
      client.say('GUILD_SUBSCRIBE', { guildId });
      client.say('HEARTBEAT');
      client.say('GUILD_SUBSCRIBE', { guildId: newId() });
      client.say('HEARTBEAT');
    });
    await eventually(() =>
      expect(client.frames.map(({ op }) => op)).toEqual(['HELLO', 'READY', 'HEARTBEAT_ACK', 'ERROR', 'HEARTBEAT_ACK']),
    );
    expect(gateway.gateway.stats().guilds).toBe(1);
  });

  test('who is connected stays who they are', async () => {
    const client = await gateway.ready(ada);
    client.say('IDENTIFY', { token: 'another' });
    await client.settled();
    expect(client.all('READY')).toHaveLength(1);
  });

  test('operations that nobody knows are named, and nothing else comes of them', async () => {
    const client = await gateway.ready(ada);
    for (const name of ['RESUME', 'SUBSCRIBE', 'UNSUBSCRIBE', 'toString', '', 'x'.repeat(100)]) client.say(name);
    client.socket.send('{"op":1}');
    await client.settled();
    expect(client.all('ERROR').map(({ data }) => data)).toEqual(
      ['RESUME', 'SUBSCRIBE', 'UNSUBSCRIBE', 'toString', '', 'x'.repeat(64), ''].map((op) => ({
        op,
        reason: 'unknown operation',
      })),
    );
  });

  test('what is no id is said to be none', async () => {
    const client = await gateway.ready(ada, '/ws');
    const bodies = [undefined, null, [], {}, { guildId: 1, channelId: 1 }, { guildId: 'general', channelId: '' }];
    for (const data of bodies) for (const op of ['GUILD_SUBSCRIBE', 'SUBSCRIBE']) client.say(op, data);
    await client.settled();
    const told = client.all('ERROR').map(({ data }) => `${data.op}: ${data.reason}`);
    expect(told).toEqual(
      bodies.flatMap(() => ['GUILD_SUBSCRIBE: guildId is not an id', 'SUBSCRIBE: channelId is not an id']),
    );
  });
});

describe('is closed with', () => {
  const closing = async (client: GatewayClient) => (await client.closed)[0];

  test('1001 when the server stops, and everybody is offline then', async () => {
    const clients = [await gateway.ready(ada), await gateway.ready(ada, '/ws')];
    await clients[0]?.subscribe(gateway.guild([ada]));
    await gateway.gateway.close();
    expect(gateway.asked('CloseConnection')).toHaveLength(2);
    expect(gateway.graph.sinks.size).toBe(0);
    expect(await Promise.all(clients.map(closing))).toEqual([1001, 1001]);
    expect(await gateway.socket().refused).toContain('503');
  });

  test('1011 when who it is cannot be looked up', async () => {
    gateway.graph.on(Guilds, () => {
      throw new KopruError('UNAVAILABLE', 'Away.');
    });
    const client = gateway.socket();
    await client.heard('HELLO');
    client.say('IDENTIFY', { token: await gateway.token(ada) });
    expect(await closing(client)).toBe(1011);
    await eventually(() => expect(gateway.gateway.stats()).toEqual({ users: 0, sockets: 0, guilds: 0 }));
  });

  test('1011 when a subscription cannot be asked for', async () => {
    const client = await gateway.ready(ada);
    gateway.graph.on(GuildReaders, () => {
      throw new KopruError('UNAVAILABLE', 'Away.');
    });
    client.say('GUILD_SUBSCRIBE', { guildId: gateway.guild([ada]) });
    expect(await closing(client)).toBe(1011);
    await eventually(() => expect(gateway.graph.listening(Memberships)).toHaveLength(1));
    expect(gateway.graph.sinks.size).toBe(1);
  });

  test.each(['{', 'hello', '', '[]', 'null', '1', '"op"'])('4002 for %s', async (text) => {
    const client = await gateway.ready(ada);
    client.socket.send(text);
    expect(await closing(client)).toBe(4002);
  });

  test('4002 for more than 16 KiB or for what is not UTF-8, and for no less', async () => {
    const frame = (size: number) => `{"op":"HEARTBEAT","data":"${'x'.repeat(size - 28)}"}`;
    const client = gateway.socket();
    await client.heard('HELLO');
    expect(frame(16 * 1024)).toHaveLength(16 * 1024);
    client.socket.send(frame(16 * 1024));
    await client.heard('HEARTBEAT_ACK');
    client.socket.send(frame(16 * 1024 + 1));
    expect(await client.closed).toEqual([4002, 'not json, or larger than 16 kib']);
    const broken = gateway.socket();
    await broken.heard('HELLO');
    broken.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await closing(broken)).toBe(4002);
  });

  test('4003 for asking before it is known who, and for never saying so', async () => {
    for (const op of ['GUILD_SUBSCRIBE', 'GUILD_UNSUBSCRIBE', 'SUBSCRIBE', 'UNSUBSCRIBE']) {
      const client = gateway.socket('/ws');
      await client.heard('HELLO');
      client.say(op, { guildId: newId(), channelId: newId() });
      expect(await closing(client)).toBe(4003);
    }
    await gateway.open({ authenticateWithin: 20 });
    expect(await closing(gateway.socket())).toBe(4003);
  });

  test('4004 for a token that is no good, after INVALID_SESSION has said why', async () => {
    const old = await gateway.token(ada, newId(), -1);
    for (const [data, reason] of [
      [{ token: '' }, 'Invalid access token.'],
      [{ token: 'made-up' }, 'Invalid access token.'],
      [{ token: old }, 'The access token has expired.'],
      [{}, 'Invalid access token.'],
      [null, 'Invalid access token.'],
    ] as const) {
      const client = gateway.socket();
      await client.heard('HELLO');
      client.say('IDENTIFY', data);
      expect(await closing(client)).toBe(4004);
      expect(client.frames.slice(1)).toEqual([{ op: 'INVALID_SESSION', data: { reason } }]);
    }
    expect(gateway.graph.asked).toEqual([]);
    gateway.graph.on(Guilds, () => {
      throw unauthenticated();
    });
    const client = gateway.socket();
    await client.heard('HELLO');
    client.say('IDENTIFY', { token: await gateway.token(ada) });
    expect(await closing(client)).toBe(4004);
  });

  test('4004 when its session ends: all sockets of it, and no others', async () => {
    const guildId = gateway.guild([ada]);
    const sessionId = newId();
    const token = await gateway.token(ada, sessionId);
    const ending = [await gateway.ready(ada, '/', token), await gateway.ready(ada, '/ws', token)];
    const staying = await gateway.ready(ada);
    for (const client of [...ending, staying]) await client.subscribe(guildId);
    await gateway.ground.endSession(sessionId);
    gateway.tell(guildId, { __typename: 'PresenceChanged', presence: { user: { id: ada }, status: 'DND' } });
    expect(await Promise.all(ending.map(closing))).toEqual([4004, 4004]);
    await staying.first(({ event }) => event === 'presence.update');
    for (const client of ending) {
      expect(client.events).toEqual([]);
      expect(client.frames.at(-1)).toEqual({ op: 'INVALID_SESSION', data: { reason: 'The session has ended.' } });
    }
  });

  test('4004 when its token runs out', async () => {
    const client = await gateway.ready(ada, '/', await gateway.token(ada, newId(), 2));
    expect(await closing(client)).toBe(4004);
    await eventually(() => expect(gateway.asked('CloseConnection')).toHaveLength(1));
  });

  test('4008 for more frames than a minute allows', async () => {
    const client = gateway.socket();
    await client.heard('HELLO');
    for (let frame = 0; frame < 120; frame += 1) client.say('HEARTBEAT');
    await eventually(() => expect(client.all('HEARTBEAT_ACK')).toHaveLength(120));
    client.say('HEARTBEAT');
    expect(await client.closed).toEqual([4008, 'rate limited']);
  });

  test('4009 when no heartbeat comes for two intervals', async () => {
    await gateway.open({ heartbeatInterval: 300, framesPerWindow: Number.POSITIVE_INFINITY });
    const client = await gateway.ready(ada);
    const until = performance.now() + 900;
    // As long as it beats, it outlives many intervals.
    client.socket.on('message', () => performance.now() < until && client.say('HEARTBEAT'));
    client.say('HEARTBEAT');
    expect(await closing(client)).toBe(4009);
    expect(performance.now()).toBeGreaterThan(until);
  });

  test('4010 for more than 200 subscriptions, of guilds and channels together', async () => {
    await gateway.open({ framesPerWindow: Number.POSITIVE_INFINITY });
    const channels = Array.from({ length: 100 }, newId);
    const guilds = [gateway.guild([ada], channels), ...Array.from({ length: 99 }, () => gateway.guild([ada]))];
    const client = await gateway.ready(ada, '/ws');
    for (const guildId of guilds) client.say('GUILD_SUBSCRIBE', { guildId });
    for (const channelId of channels) client.say('SUBSCRIBE', { channelId });
    // Again is not one more, and what is not had does not count.
    client.say('GUILD_SUBSCRIBE', { guildId: guilds[0] });
    client.say('UNSUBSCRIBE', { channelId: channels[0] });
    client.say('SUBSCRIBE', { channelId: newId() });
    client.say('SUBSCRIBE', { channelId: channels[0] });
    await client.settled();
    expect(client.all('ERROR')).toHaveLength(1);
    client.say('GUILD_SUBSCRIBE', { guildId: gateway.guild([ada]) });
    expect(await client.closed).toEqual([4010, 'too many subscriptions']);
    await eventually(() => expect(gateway.gateway.stats().guilds).toBe(0));
  });

  test('1013 when the client does not read', async () => {
    const guildId = gateway.guild([ada, newId()], ['c1']);
    const [slow, quick] = [await gateway.ready(ada), await gateway.ready(ada)];
    for (const client of [slow, quick]) await client.subscribe(guildId);
    slow.socket.pause();
    const event = { __typename: 'MessageDeleted', messageId: 'x'.repeat(100_000), channelId: 'c1' };
    const pour = setInterval(() => gateway.tell(guildId, event));
    await eventually(() => expect(gateway.asked('CloseConnection')).toHaveLength(1));
    clearInterval(pour);
    slow.socket.resume();
    expect(await slow.closed).toEqual([1013, 'too slow']);
    await quick.settled();
  });
});

test('counts people, sockets and guilds that somebody listens to', async () => {
  const guilds = [gateway.guild([ada], ['c1']), gateway.guild([ada])];
  const clients = [await gateway.ready(ada), await gateway.ready(ada, '/ws'), await gateway.ready(newId())];
  expect(gateway.gateway.stats()).toEqual({ users: 2, sockets: 3, guilds: 0 });
  for (const client of clients.slice(0, 2)) for (const guildId of guilds) await client.subscribe(guildId);
  expect(gateway.gateway.stats()).toEqual({ users: 2, sockets: 3, guilds: 2 });
  for (const client of clients) client.socket.close();
  await eventually(() => expect(gateway.gateway.stats()).toEqual({ users: 0, sockets: 0, guilds: 0 }));
  expect(gateway.graph.listening(Memberships)).toHaveLength(1);
  expect(gateway.graph.sinks.size).toBe(1);
});
