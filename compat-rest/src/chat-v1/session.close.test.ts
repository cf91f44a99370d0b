import { KopruError, unauthenticated } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { CloseConnection, OpenConnection } from '@kopru/schema/operations/connections.ts';
import type { GraphQLError } from 'graphql';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ada, at, deleted, TestChat } from '../testing/chat.ts';
import type { TestSocket } from '../testing/socket.ts';
import { op } from './opcodes.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await TestChat.open();
});
afterEach(() => chat.close());

describe('presence', () => {
  const close = async (client: TestSocket) => {
    const { d } = await client.heard(op.CONNECTED);
    client.socket.close();
    await eventually(() =>
      expect(chat.asked('CloseConnection')).toMatchObject([
        { variables: { input: { connectionId: d.session_id } }, caller: { asService: true } },
      ]),
    );
  };

  test('ends with the socket, as the service: the token may be void by then', async () => {
    await close(await chat.connect());
    expect(chat.graph.sinks.size).toBe(0);
    await eventually(() => expect(chat.gateway.size()).toBe(0));
  });

  test('a stop waits for those that are just leaving', async () => {
    const client = await chat.connect();
    let closed = (): void => undefined;
    chat.graph.on(CloseConnection, async () => {
      await new Promise<void>((resolve) => (closed = resolve));
      return { closeConnection: { presence: { status: 'OFFLINE' } } };
    });
    client.socket.close();
    await client.closed;
    await eventually(() => expect(chat.asked('CloseConnection')).toHaveLength(1));
    const stopped = vi.fn();
    const stopping = chat.gateway.close().then(stopped);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).not.toHaveBeenCalled();
    closed();
    await stopping;
  });

  test('ends also for a socket that was gone before it opened', async () => {
    let opened = (): void => undefined;
    chat.graph.on(OpenConnection, async () => {
      await new Promise<void>((resolve) => (opened = resolve));
      return { openConnection: { expiresAt: at } };
    });
    const client = chat.socket(`?token=${chat.token}`);
    await eventually(() => expect(chat.asked('OpenConnection')).toHaveLength(1));
    client.socket.terminate();
    await eventually(() => expect(chat.asked('CloseConnection')).toHaveLength(1));
    opened();
    await eventually(() => expect(chat.asked('CloseConnection')).toHaveLength(2));
  });
});

describe('is closed with', () => {
  const reason = (error: GraphQLError | undefined) => {
    chat.graph.refusal = error;
    return chat.socket(`?token=${chat.token}`).closed;
  };

  test('1001 when the server stops, and everybody is offline then', async () => {
    const [first, second] = [await chat.connect(), await chat.connect()];
    await chat.gateway.close();
    expect(chat.asked('CloseConnection')).toHaveLength(2);
    expect(chat.graph.sinks.size).toBe(0);
    expect([(await first.closed)[0], (await second.closed)[0]]).toEqual([1001, 1001]);
    const late = chat.socket();
    expect(await late.refused).toContain('503');
  });

  test('1011 when the subscription fails, or an event cannot be told', async () => {
    const failed = new KopruError('UNAVAILABLE', 'Away.');
    const first = await chat.connect();
    for (const sink of chat.graph.sinks) sink.error([failed.toJSON()]);
    expect((await first.closed)[0]).toBe(1011);
    const second = await chat.connect();
    chat.graph.deliver({ data: null, errors: [failed.toJSON()] });
    expect((await second.closed)[0]).toBe(1011);
    expect((await reason(failed))[0]).toBe(1011);
  });

  test('1013 when the client does not read', async () => {
    const client = await chat.connect();
    client.socket.pause();
    const content = 'x'.repeat(100_000);
    const pour = setInterval(() => chat.graph.deliver(deleted(content)));
    await eventually(() => expect(chat.graph.sinks.size).toBe(0));
    clearInterval(pour);
    client.socket.resume();
    expect((await client.closed)[0]).toBe(1013);
  });

  test.each([99, -1, 1.5, 0, 2, 5, 11, null, 'one', undefined])('4001 for opcode %s', async (opcode) => {
    const client = await chat.connect();
    client.send(opcode);
    expect((await client.closed)[0]).toBe(4001);
  });

  test.each(['{', 'hello', '', '[]', 'null', '1', '"op"', Buffer.from([0xff, 0xfe])])('4002 for %s', async (text) => {
    const client = await chat.connect();
    client.socket.send(text, { binary: false });
    expect((await client.closed)[0]).toBe(4002);
  });

  test('4002 for more than 4 KiB, and for no less', async () => {
    const frame = (size: number) => `{"op":1,"d":"${'x'.repeat(size - 15)}"}`;
    const client = await chat.connect();
    client.socket.send(frame(4096));
    await client.heard(op.HEARTBEAT_ACK);
    client.socket.send(frame(4097));
    expect((await client.closed)[0]).toBe(4002);
    const large = await chat.connect();
    large.socket.send(frame(1_000_000));
    expect((await large.closed)[0]).toBe(4002);
  });

  test('4003 for acting before it is known who, or never saying so', async () => {
    for (const opcode of [op.PRESENCE_UPDATE, op.TYPING_START]) {
      const client = chat.socket();
      await client.heard(op.HELLO);
      client.send(opcode, { status: 'dnd' });
      expect((await client.closed)[0]).toBe(4003);
    }
    await chat.listen({ authenticateWithin: 20 });
    expect((await chat.socket().closed)[0]).toBe(4003);
  });

  test('4004 for a token that is no good', async () => {
    const old = (await chat.ground.tokens.signAccess(ada.id, chat.sessionId, { lifetime: -1 })).token;
    for (const bad of ['', 'made-up', old]) {
      expect((await chat.socket(`?token=${bad}`).closed)[0], bad).toBe(4004);
      const client = chat.socket();
      await client.heard(op.HELLO);
      client.send(op.CONNECTED, { token: bad });
      expect((await client.closed)[0], bad).toBe(4004);
    }
    const client = chat.socket();
    await client.heard(op.HELLO);
    client.send(op.CONNECTED);
    expect((await client.closed)[0]).toBe(4004);
    expect(chat.graph.asked).toEqual([]);
    expect((await reason(unauthenticated()))[0]).toBe(4004);
  });

  test('4004 when its session ends: all sockets of it, and no others', async () => {
    const [first, second] = [await chat.connect(), await chat.connect()];
    chat.token = (await chat.ground.tokens.signAccess(ada.id, newId())).token;
    const other = await chat.connect();
    await chat.ground.endSession(chat.sessionId);
    expect([(await first.closed)[0], (await second.closed)[0]]).toEqual([4004, 4004]);
    chat.graph.deliver(deleted('m1'));
    await other.heard(op.MESSAGE_DELETE);
    expect(first.all(op.MESSAGE_DELETE)).toEqual([]);
  });

  test('4004 when its token runs out', async () => {
    chat.token = (await chat.ground.tokens.signAccess(ada.id, chat.sessionId, { lifetime: 2 })).token;
    const client = await chat.connect();
    expect((await client.closed)[0]).toBe(4004);
    await eventually(() => expect(chat.asked('CloseConnection')).toHaveLength(1));
  });

  test('4008 for more frames than a minute allows', async () => {
    const client = await chat.connect();
    for (let frame = 0; frame < 120; frame += 1) client.send(op.HEARTBEAT);
    await eventually(() => expect(client.all(op.HEARTBEAT_ACK)).toHaveLength(120));
    client.send(op.HEARTBEAT);
    expect((await client.closed)[0]).toBe(4008);
  });

  test('4009 when no heartbeat comes for two intervals', async () => {
    await chat.listen({ heartbeatInterval: 300, framesPerWindow: Number.POSITIVE_INFINITY });
    const client = await chat.connect();
    const until = performance.now() + 900;
    // As long as it beats, it outlives many intervals.
    client.socket.on('message', () => performance.now() < until && client.send(op.HEARTBEAT));
    client.send(op.HEARTBEAT);
    expect((await client.closed)[0]).toBe(4009);
    expect(performance.now()).toBeGreaterThan(until);
  });
});
