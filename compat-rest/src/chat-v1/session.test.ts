import { forbidden, notFound } from '@kopru/runtime/errors.ts';
import { newId } from '@kopru/runtime/ids.ts';
import { eventually } from '@kopru/runtime/testing/eventually.ts';
import { Me, StartTyping } from '@kopru/schema/operations/chat-v1.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { account, ada, deleted, server, TestChat } from '../testing/chat.ts';
import { op } from './opcodes.ts';

const self = { user_id: ada.id, username: 'ada', display_name: 'Ada', avatar_url: null };

let chat: TestChat;
beforeEach(async () => {
  chat = await TestChat.open();
});
afterEach(() => chat.close());

describe('opening', () => {
  test('says HELLO first, and nothing else before it knows who', async () => {
    const client = chat.socket();
    expect(await client.heard(op.HELLO)).toEqual({ op: 0, d: { heartbeat_interval: 30_000 } });
    expect(client.frames).toHaveLength(1);
    expect(chat.graph.asked).toEqual([]);
  });

  test.each([
    ['the query', () => chat.socket(`?token=${chat.token}`)],
    ['a header', () => chat.socket('', { headers: { authorization: `Bearer ${chat.token}` } })],
    [
      'the first frame',
      () => {
        const client = chat.socket();
        client.socket.on('open', () => client.send(op.CONNECTED, { token: chat.token }));
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
    expect(chat.asked('OpenConnection')).toMatchObject([
      { variables: { input: { connectionId: d.session_id } }, caller: { token: chat.token } },
    ]);
  });

  test('says where it comes from, as the proxy has it', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.7, 10.0.0.1', 'user-agent': 'an old client' };
    await chat.socket(`?token=${chat.token}`, { headers }).heard(op.CONNECTED);
    expect(chat.asked('Me')[0]?.caller.client).toEqual({ address: '192.0.2.7', userAgent: 'an old client' });
  });

  test('tells what happened while it connected after CONNECTED, and all of it', async () => {
    chat.graph.on(Me, () => {
      chat.graph.deliver(deleted('m1'));
      chat.graph.deliver(deleted('m2'));
      return { viewer: account };
    });
    const client = await chat.connect();
    await eventually(() => expect(client.all(op.MESSAGE_DELETE)).toHaveLength(2));
    expect(client.frames.map(({ op, s }) => [op, s])).toEqual([
      [0, undefined],
      [10, 1],
      [13, 2],
      [13, 3],
    ]);
  });

  test('who is connected stays who they are', async () => {
    const client = await chat.connect();
    client.send(op.CONNECTED, { token: 'another' });
    client.send(op.HEARTBEAT);
    await client.heard(op.HEARTBEAT_ACK);
    expect(client.all(op.CONNECTED)).toHaveLength(1);
  });

  test('is for origins on the list, where there is one', async () => {
    await chat.listen({}, ['https://chat.example']);
    const refused = chat.socket(`?token=${chat.token}`, { origin: 'https://elsewhere.example' });
    expect(await refused.refused).toContain('403');
    await chat.socket(`?token=${chat.token}`, { origin: 'https://chat.example' }).heard(op.CONNECTED);
    await chat.socket(`?token=${chat.token}`).heard(op.CONNECTED);
  });

  test('is for its path alone', async () => {
    const client = chat.socket('', {}, '/elsewhere');
    expect(await client.refused).toContain('404');
  });
});

describe('frames of a client', () => {
  test('heartbeats are acknowledged, with a body or without, also before it is known who', async () => {
    const client = chat.socket();
    await client.heard(op.HELLO);
    for (const text of ['{"op":1}', '{"op":1,"d":null}', '{"op":1,"d":{}}']) client.socket.send(text);
    await eventually(() => expect(client.all(op.HEARTBEAT_ACK)).toEqual(Array(3).fill({ op: 2, d: {} })));
  });

  test('RESUME is answered with INVALID_SESSION, and the connection goes on', async () => {
    const client = chat.socket();
    await client.heard(op.HELLO);
    client.send(op.RESUME, { session_id: 'x', seq: 1 });
    expect(await client.heard(op.INVALID_SESSION)).toEqual({ op: 5, d: { resumable: false } });
    client.send(op.CONNECTED, { token: chat.token });
    await client.heard(op.CONNECTED);
  });

  test('op 40 chooses a status, op 50 says that one types, in the order they came', async () => {
    const client = await chat.connect();
    client.send(op.PRESENCE_UPDATE, { status: 'dnd', custom_status: 'Away' });
    client.send(op.PRESENCE_UPDATE, { status: 'idle' });
    const channelId = newId();
    client.send(op.TYPING_START, { channel_id: channelId });
    await eventually(() => expect(chat.asked('StartTyping')).toHaveLength(1));
    expect(chat.asked('SetPresence').map(({ variables }) => variables)).toEqual([
      { input: { status: 'DND', customStatus: 'Away' } },
      { input: { status: 'IDLE' } },
    ]);
    expect(chat.asked('StartTyping')).toMatchObject([
      { variables: { input: { channelId } }, caller: { token: chat.token } },
    ]);
  });

  test('they wait for a connection that is on its way', async () => {
    const client = chat.socket();
    await client.heard(op.HELLO);
    client.send(op.CONNECTED, { token: chat.token });
    client.send(op.PRESENCE_UPDATE, { status: 'dnd' });
    await eventually(() => expect(chat.asked('SetPresence')).toHaveLength(1));
  });

  test('those that cannot be followed are passed over', async () => {
    chat.graph.on(StartTyping, () => {
      throw forbidden('No.', 'Channel');
    });
    const client = await chat.connect();
    client.send(op.TYPING_START, { channel_id: newId() });
    for (const d of [undefined, null, [], {}, { status: 'happy' }, { status: 'dnd', custom_status: 1 }])
      client.send(op.PRESENCE_UPDATE, d);
    for (const d of [undefined, {}, { channel_id: 1 }, { channel_id: 'general' }]) client.send(op.TYPING_START, d);
    client.send(op.PRESENCE_UPDATE, { status: 'online' });
    await eventually(() => expect(chat.asked('SetPresence')).toHaveLength(1));
    expect(chat.asked('StartTyping')).toHaveLength(1);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });
});

describe('dispatches', () => {
  test('are numbered for each session, and made once for all', async () => {
    const [first, second] = [await chat.connect(), await chat.connect()];
    chat.graph.deliver(deleted('m1'));
    const third = await chat.connect();
    chat.graph.deliver(deleted('m2'));
    await Promise.all(
      [first, second, third].map((client) => eventually(() => expect(client.texts.at(-1)).toContain('m2'))),
    );
    const frame = (id: string, s: number) => `{"op":13,"d":{"message_id":"${id}","channel_id":"c1"},"s":${s}}`;
    for (const client of [first, second]) expect(client.texts.slice(2)).toEqual([frame('m1', 2), frame('m2', 3)]);
    expect(third.texts.slice(2)).toEqual([frame('m2', 2)]);
  });

  test('a deleted server tells members that they themselves are out', async () => {
    const client = await chat.connect();
    chat.graph.deliver({ data: { viewerEvents: { __typename: 'ServerDeleted', serverId: 's1' } } });
    const { d } = await client.heard(op.SERVER_MEMBER_REMOVE);
    expect(d).toEqual({ server_id: 's1', user: self, reason: 'server_deleted' });
  });

  test('events without an opcode, or about what is gone, are left out and leave no gap', async () => {
    const client = await chat.connect();
    chat.graph.deliver({ data: { viewerEvents: { __typename: 'RolesChanged' } } });
    chat.graph.deliver({ data: null, errors: [notFound('Message').toJSON()] });
    chat.graph.deliver(deleted('m1'));
    await client.heard(op.MESSAGE_DELETE);
    expect(client.frames.map(({ s }) => s)).toEqual([undefined, 1, 2]);
  });
});
