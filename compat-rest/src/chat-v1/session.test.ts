import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forbidden, KopruError, notFound, unauthenticated } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { Me, Servers, SetPresence, StartTyping } from '@kopru/schema/operations/chat-v1.ts';
import { CloseConnection, OpenConnection } from '@kopru/schema/operations/connections.ts';
import type { GraphQLError } from 'graphql';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientOptions } from 'ws';
import { type Limits, usualLimits } from '../socket/limits.ts';
import { routeUpgrades } from '../socket/upgrades.ts';
import { FakeGraph } from '../testing/graph.ts';
import { openTestGround, type TestGround } from '../testing/ground.ts';
import { TestSocket } from '../testing/socket.ts';
import { type ChatGateway, openChatGateway } from './gateway.ts';
import { op } from './opcodes.ts';

const at = '2025-05-11T12:34:56.000Z';
const ada = { id: newId(), username: 'ada', displayName: 'Ada', avatarUrl: null };
const account = { ...ada, email: 'ada@example.com', bio: null, createdAt: at };
const self = { user_id: ada.id, username: 'ada', display_name: 'Ada', avatar_url: null };
const server = { id: newId(), name: 'Köprü', description: null, iconUrl: null, owner: { id: ada.id }, createdAt: at };
const deleted = (messageId: string) => ({
  data: { viewerEvents: { __typename: 'MessageDeleted', messageId, channelId: 'c1' } },
});

let ground: TestGround;
let graph: FakeGraph;
let http: Server;
let gateway: ChatGateway;
let sessionId: string;
let token: string;
const clients: TestSocket[] = [];

beforeEach(async () => {
  ground = await openTestGround();
  graph = new FakeGraph()
    .on(Me, () => ({ viewer: account }))
    .on(Servers, () => ({
      viewer: {
        id: ada.id,
        servers: { edges: [{ node: server }], pageInfo: { hasNextPage: false, endCursor: null } },
      },
    }))
    .on(OpenConnection, () => ({ openConnection: { expiresAt: at } }))
    .on(CloseConnection, () => ({ closeConnection: { presence: { status: 'OFFLINE' as const } } }))
    .on(SetPresence, () => ({ setPresence: { presence: { status: 'DND' as const, customStatus: null } } }))
    .on(StartTyping, () => ({ startTyping: { expiresAt: at } }));
  sessionId = newId();
  token = (await ground.tokens.signAccess(ada.id, sessionId)).token;
  await listen();
});
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.terminate();
  await gateway.close();
  await new Promise((resolve) => http.close(resolve));
  await ground.close();
});

async function listen(limits: Partial<Limits> = {}, origins = ['*']): Promise<void> {
  if (http) await new Promise((resolve) => http.close(resolve));
  http = createServer();
  const settings = { CORS_ORIGINS: origins, TRUST_PROXY: true };
  gateway = openChatGateway({
    ground,
    graph,
    settings,
    limits: { ...usualLimits, ...limits },
  });
  routeUpgrades(http, { '/api/ws': gateway.upgrade });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
}

function open(query = '', options: ClientOptions = {}): TestSocket {
  const { port } = http.address() as AddressInfo;
  const client = new TestSocket(`ws://127.0.0.1:${port}/api/ws${query}`, options);
  clients.push(client);
  return client;
}

async function connect(): Promise<TestSocket> {
  const client = open(`?token=${token}`);
  await client.heard(op.CONNECTED);
  return client;
}

const asked = (name: string) => graph.asked.filter((operation) => operation.name === name);

describe('opening', () => {
  test('says HELLO first, and nothing else before it knows who', async () => {
    const client = open();
    expect(await client.heard(op.HELLO)).toEqual({ op: 0, d: { heartbeat_interval: 30_000 } });
    expect(client.frames).toHaveLength(1);
    expect(graph.asked).toEqual([]);
  });

  test.each([
    ['the query', () => open(`?token=${token}`)],
    ['a header', () => open('', { headers: { authorization: `Bearer ${token}` } })],
    [
      'the first frame',
      () => {
        const client = open();
        client.socket.on('open', () => client.send(op.CONNECTED, { token }));
        return client;
      },
    ],
  ])('takes the token from %s, and says who is connected', async (_where, opened) => {
    const { d, s } = await opened().heard(op.CONNECTED);
    expect(d).toMatchObject({
      user: { user_id: ada.id, id: ada.id, username: 'ada', email: 'ada@example.com' },
      servers: [{ server_id: server.id, server_name: 'Köprü' }],
      session_id: expect.any(String),
    });
    expect(s).toBe(1);
    expect(asked('OpenConnection')).toMatchObject([
      { variables: { input: { connectionId: d.session_id } }, caller: { token } },
    ]);
  });

  test('says where it comes from, as the proxy has it', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.7, 10.0.0.1', 'user-agent': 'an old client' };
    await open(`?token=${token}`, { headers }).heard(op.CONNECTED);
    expect(asked('Me')[0]?.caller.client).toEqual({ address: '192.0.2.7', userAgent: 'an old client' });
  });

  test('tells what happened while it connected after CONNECTED, and all of it', async () => {
    graph.on(Me, () => {
      graph.deliver(deleted('m1'));
      graph.deliver(deleted('m2'));
      return { viewer: account };
    });
    const client = await connect();
    await eventually(() => expect(client.all(op.MESSAGE_DELETE)).toHaveLength(2));
    expect(client.frames.map(({ op, s }) => [op, s])).toEqual([
      [0, undefined],
      [10, 1],
      [13, 2],
      [13, 3],
    ]);
  });

  test('who is connected stays who they are', async () => {
    const client = await connect();
    client.send(op.CONNECTED, { token: 'another' });
    client.send(op.HEARTBEAT);
    await client.heard(op.HEARTBEAT_ACK);
    expect(client.all(op.CONNECTED)).toHaveLength(1);
  });

  test('is for origins on the list, where there is one', async () => {
    await listen({}, ['https://chat.example']);
    const refused = open(`?token=${token}`, { origin: 'https://elsewhere.example' });
    expect(await refused.refused).toContain('403');
    await open(`?token=${token}`, { origin: 'https://chat.example' }).heard(op.CONNECTED);
    await open(`?token=${token}`).heard(op.CONNECTED);
  });

  test('is for its path alone', async () => {
    const { port } = http.address() as AddressInfo;
    const client = new TestSocket(`ws://127.0.0.1:${port}/elsewhere`);
    expect(await client.refused).toContain('404');
  });
});

describe('frames of a client', () => {
  test('heartbeats are acknowledged, with a body or without, also before it is known who', async () => {
    const client = open();
    await client.heard(op.HELLO);
    for (const text of ['{"op":1}', '{"op":1,"d":null}', '{"op":1,"d":{}}']) client.socket.send(text);
    await eventually(() => expect(client.all(op.HEARTBEAT_ACK)).toEqual(Array(3).fill({ op: 2, d: {} })));
  });

  test('RESUME is answered with INVALID_SESSION, and the connection goes on', async () => {
    const client = open();
    await client.heard(op.HELLO);
    client.send(op.RESUME, { session_id: 'x', seq: 1 });
    expect(await client.heard(op.INVALID_SESSION)).toEqual({ op: 5, d: { resumable: false } });
    client.send(op.CONNECTED, { token });
    await client.heard(op.CONNECTED);
  });

  test('op 40 chooses a status, op 50 says that one types, in the order they came', async () => {
    const client = await connect();
    client.send(op.PRESENCE_UPDATE, { status: 'dnd', custom_status: 'Away' });
    client.send(op.PRESENCE_UPDATE, { status: 'idle' });
    const channelId = newId();
    client.send(op.TYPING_START, { channel_id: channelId });
    await eventually(() => expect(asked('StartTyping')).toHaveLength(1));
    expect(asked('SetPresence').map(({ variables }) => variables)).toEqual([
      { input: { status: 'DND', customStatus: 'Away' } },
      { input: { status: 'IDLE' } },
    ]);
    expect(asked('StartTyping')).toMatchObject([{ variables: { input: { channelId } }, caller: { token } }]);
  });

  test('they wait for a connection that is on its way', async () => {
    const client = open();
    await client.heard(op.HELLO);
    client.send(op.CONNECTED, { token });
    client.send(op.PRESENCE_UPDATE, { status: 'dnd' });
    await eventually(() => expect(asked('SetPresence')).toHaveLength(1));
  });

  test('those that cannot be followed are passed over', async () => {
    graph.on(StartTyping, () => {
      throw forbidden('No.', 'Channel');
    });
    const client = await connect();
    client.send(op.TYPING_START, { channel_id: newId() });
    for (const d of [undefined, null, [], {}, { status: 'happy' }, { status: 'dnd', custom_status: 1 }])
      client.send(op.PRESENCE_UPDATE, d);
    for (const d of [undefined, {}, { channel_id: 1 }, { channel_id: 'general' }]) client.send(op.TYPING_START, d);
    client.send(op.PRESENCE_UPDATE, { status: 'online' });
    await eventually(() => expect(asked('SetPresence')).toHaveLength(1));
    expect(asked('StartTyping')).toHaveLength(1);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });
});

describe('dispatches', () => {
  test('are numbered for each session, and made once for all', async () => {
    const [first, second] = [await connect(), await connect()];
    graph.deliver(deleted('m1'));
    const third = await connect();
    graph.deliver(deleted('m2'));
    await Promise.all(
      [first, second, third].map((client) => eventually(() => expect(client.texts.at(-1)).toContain('m2'))),
    );
    const frame = (id: string, s: number) => `{"op":13,"d":{"message_id":"${id}","channel_id":"c1"},"s":${s}}`;
    for (const client of [first, second]) expect(client.texts.slice(2)).toEqual([frame('m1', 2), frame('m2', 3)]);
    expect(third.texts.slice(2)).toEqual([frame('m2', 2)]);
  });

  test('a deleted server tells members that they themselves are out', async () => {
    const client = await connect();
    graph.deliver({ data: { viewerEvents: { __typename: 'ServerDeleted', serverId: 's1' } } });
    const { d } = await client.heard(op.SERVER_MEMBER_REMOVE);
    expect(d).toEqual({ server_id: 's1', user: self, reason: 'server_deleted' });
  });

  test('events without an opcode, or about what is gone, are left out and leave no gap', async () => {
    const client = await connect();
    graph.deliver({ data: { viewerEvents: { __typename: 'RolesChanged' } } });
    graph.deliver({ data: null, errors: [notFound('Message').toJSON()] });
    graph.deliver(deleted('m1'));
    await client.heard(op.MESSAGE_DELETE);
    expect(client.frames.map(({ s }) => s)).toEqual([undefined, 1, 2]);
  });
});

describe('presence', () => {
  const close = async (client: TestSocket) => {
    const { d } = await client.heard(op.CONNECTED);
    client.socket.close();
    await eventually(() =>
      expect(asked('CloseConnection')).toMatchObject([
        { variables: { input: { connectionId: d.session_id } }, caller: { asService: true } },
      ]),
    );
  };

  test('ends with the socket, as the service: the token may be void by then', async () => {
    await close(await connect());
    expect(graph.sinks.size).toBe(0);
    await eventually(() => expect(gateway.size()).toBe(0));
  });

  test('a stop waits for those that are just leaving', async () => {
    const client = await connect();
    let closed = (): void => undefined;
    graph.on(CloseConnection, async () => {
      await new Promise<void>((resolve) => (closed = resolve));
      return { closeConnection: { presence: { status: 'OFFLINE' } } };
    });
    client.socket.close();
    await client.closed;
    await eventually(() => expect(asked('CloseConnection')).toHaveLength(1));
    const stopped = vi.fn();
    const stopping = gateway.close().then(stopped);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).not.toHaveBeenCalled();
    closed();
    await stopping;
  });

  test('ends also for a socket that was gone before it opened', async () => {
    let opened = (): void => undefined;
    graph.on(OpenConnection, async () => {
      await new Promise<void>((resolve) => (opened = resolve));
      return { openConnection: { expiresAt: at } };
    });
    const client = open(`?token=${token}`);
    await eventually(() => expect(asked('OpenConnection')).toHaveLength(1));
    client.socket.terminate();
    await eventually(() => expect(asked('CloseConnection')).toHaveLength(1));
    opened();
    await eventually(() => expect(asked('CloseConnection')).toHaveLength(2));
  });
});

describe('is closed with', () => {
  const reason = (error: GraphQLError | undefined) => {
    graph.refusal = error;
    return open(`?token=${token}`).closed;
  };

  test('1001 when the server stops, and everybody is offline then', async () => {
    const [first, second] = [await connect(), await connect()];
    await gateway.close();
    expect(asked('CloseConnection')).toHaveLength(2);
    expect(graph.sinks.size).toBe(0);
    expect([(await first.closed)[0], (await second.closed)[0]]).toEqual([1001, 1001]);
    const late = open();
    expect(await late.refused).toContain('503');
  });

  test('1011 when the subscription fails, or an event cannot be told', async () => {
    const failed = new KopruError('UNAVAILABLE', 'Away.');
    const first = await connect();
    for (const sink of graph.sinks) sink.error([failed.toJSON()]);
    expect((await first.closed)[0]).toBe(1011);
    const second = await connect();
    graph.deliver({ data: null, errors: [failed.toJSON()] });
    expect((await second.closed)[0]).toBe(1011);
    expect((await reason(failed))[0]).toBe(1011);
  });

  test('1013 when the client does not read', async () => {
    const client = await connect();
    client.socket.pause();
    const content = 'x'.repeat(100_000);
    const pour = setInterval(() => graph.deliver(deleted(content)));
    await eventually(() => expect(graph.sinks.size).toBe(0));
    clearInterval(pour);
    client.socket.resume();
    expect((await client.closed)[0]).toBe(1013);
  });

  test.each([99, -1, 1.5, 0, 2, 5, 11, null, 'one', undefined])('4001 for opcode %s', async (opcode) => {
    const client = await connect();
    client.send(opcode);
    expect((await client.closed)[0]).toBe(4001);
  });

  test.each(['{', 'hello', '', '[]', 'null', '1', '"op"', Buffer.from([0xff, 0xfe])])('4002 for %s', async (text) => {
    const client = await connect();
    client.socket.send(text, { binary: false });
    expect((await client.closed)[0]).toBe(4002);
  });

  test('4002 for more than 4 KiB, and for no less', async () => {
    const frame = (size: number) => `{"op":1,"d":"${'x'.repeat(size - 15)}"}`;
    const client = await connect();
    client.socket.send(frame(4096));
    await client.heard(op.HEARTBEAT_ACK);
    client.socket.send(frame(4097));
    expect((await client.closed)[0]).toBe(4002);
    const large = await connect();
    large.socket.send(frame(1_000_000));
    expect((await large.closed)[0]).toBe(4002);
  });

  test('4003 for acting before it is known who, or never saying so', async () => {
    for (const opcode of [op.PRESENCE_UPDATE, op.TYPING_START]) {
      const client = open();
      await client.heard(op.HELLO);
      client.send(opcode, { status: 'dnd' });
      expect((await client.closed)[0]).toBe(4003);
    }
    await listen({ authenticateWithin: 20 });
    expect((await open().closed)[0]).toBe(4003);
  });

  test('4004 for a token that is no good', async () => {
    const old = (await ground.tokens.signAccess(ada.id, sessionId, { lifetime: -1 })).token;
    for (const bad of ['', 'made-up', old]) {
      expect((await open(`?token=${bad}`).closed)[0], bad).toBe(4004);
      const client = open();
      await client.heard(op.HELLO);
      client.send(op.CONNECTED, { token: bad });
      expect((await client.closed)[0], bad).toBe(4004);
    }
    const client = open();
    await client.heard(op.HELLO);
    client.send(op.CONNECTED);
    expect((await client.closed)[0]).toBe(4004);
    expect(graph.asked).toEqual([]);
    expect((await reason(unauthenticated()))[0]).toBe(4004);
  });

  test('4004 when its session ends: all sockets of it, and no others', async () => {
    const [first, second] = [await connect(), await connect()];
    token = (await ground.tokens.signAccess(ada.id, newId())).token;
    const other = await connect();
    await ground.endSession(sessionId);
    expect([(await first.closed)[0], (await second.closed)[0]]).toEqual([4004, 4004]);
    graph.deliver(deleted('m1'));
    await other.heard(op.MESSAGE_DELETE);
    expect(first.all(op.MESSAGE_DELETE)).toEqual([]);
  });

  test('4004 when its token runs out', async () => {
    token = (await ground.tokens.signAccess(ada.id, sessionId, { lifetime: 2 })).token;
    const client = await connect();
    expect((await client.closed)[0]).toBe(4004);
    await eventually(() => expect(asked('CloseConnection')).toHaveLength(1));
  });

  test('4008 for more frames than a minute allows', async () => {
    const client = await connect();
    for (let frame = 0; frame < 120; frame += 1) client.send(op.HEARTBEAT);
    await eventually(() => expect(client.all(op.HEARTBEAT_ACK)).toHaveLength(120));
    client.send(op.HEARTBEAT);
    expect((await client.closed)[0]).toBe(4008);
  });

  test('4009 when no heartbeat comes for two intervals', async () => {
    await listen({ heartbeatInterval: 300, framesPerWindow: Number.POSITIVE_INFINITY });
    const client = await connect();
    const until = performance.now() + 900;
    // As long as it beats, it outlives many intervals.
    client.socket.on('message', () => performance.now() < until && client.send(op.HEARTBEAT));
    client.send(op.HEARTBEAT);
    expect((await client.closed)[0]).toBe(4009);
    expect(performance.now()).toBeGreaterThan(until);
  });
});
