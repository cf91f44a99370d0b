import { describe, expect, test } from 'vitest';
import { expired, forgeries } from '../../client/forge.ts';
import { LoggedIn, Said, User } from '../../client/shapes.ts';
import { op } from '../../client/socket.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';

overEveryBackend((place) => {
  describe('a connection', () => {
    test('begins with HELLO, before anything is said', async () => {
      covers('op:0');
      const socket = place.open();
      const hello = await socket.heard(op.HELLO);
      expect(hello.d).toEqual({ heartbeat_interval: expect.any(Number) });
      expect(hello.d.heartbeat_interval).toBeGreaterThan(0);
      expect(socket.frames).toHaveLength(1);
    });

    test('is told who it is, by CONNECTED', async () => {
      covers('op:10', 'rule:socket token in the query');
      const { owner, server_id } = await place.channel();
      const socket = place.open({ token: owner.token });
      const { d } = await socket.heard(op.CONNECTED);
      expect(d).toMatchObject({
        user: { username: owner.username },
        servers: [{ server_id }],
        session_id: expect.any(String),
      });
      expect(Object.values(d.user as object)).toContain(owner.id);
    });

    test('takes the token from a header', async () => {
      covers('rule:socket token in a header');
      const { token, username } = await place.person();
      const socket = place.open({ headers: { authorization: `Bearer ${token}` } });
      expect((await socket.heard(op.CONNECTED)).d).toMatchObject({ user: { username } });
    });

    test('takes the token from its first frame', async () => {
      covers('rule:socket token in a frame');
      const { token, username } = await place.person();
      const socket = place.open();
      await socket.heard(op.HELLO);
      socket.send(op.CONNECTED, { token });
      expect((await socket.heard(op.CONNECTED)).d).toMatchObject({ user: { username } });
    });

    test('has its heartbeats acknowledged', async () => {
      covers('op:1', 'op:2');
      const socket = await place.connect(await place.person());
      socket.send(op.HEARTBEAT);
      await socket.heard(op.HEARTBEAT_ACK);
      socket.sendText('{"op":1}');
      socket.sendText('{"op":1,"d":null}');
      await socket.inbox.atLeast(3, 'HEARTBEAT_ACK', (frame) => frame.op === op.HEARTBEAT_ACK);
    });
  });

  describe('is closed', () => {
    const connected = async () => place.connect(await place.person());

    test('with 4001 for an opcode nobody knows', async () => {
      covers('close:4001');
      for (const opcode of [99, -1, 1.5]) {
        const socket = await connected();
        socket.send(opcode);
        expect(await socket.closed).toMatchObject({ code: 4001 });
      }
    });

    test('with 4002 for what is not JSON, or no frame, or larger than 4 KiB', async () => {
      covers('close:4002');
      const large = JSON.stringify({ op: op.HEARTBEAT, d: 'x'.repeat(4096) });
      for (const text of ['{', 'hello', '[]', 'null', '"op"', large]) {
        const socket = await connected();
        socket.sendText(text);
        expect((await socket.closed).code, text.slice(0, 20)).toBe(4002);
      }
    });

    test('with 4003 for doing anything before it is known who', async () => {
      covers('close:4003');
      for (const frame of [
        { op: op.PRESENCE_UPDATE, d: { status: 'dnd' } },
        { op: op.TYPING_START, d: {} },
      ]) {
        const socket = place.open();
        await socket.heard(op.HELLO);
        socket.send(frame.op, frame.d);
        expect(await socket.closed).toMatchObject({ code: 4003 });
      }
    });

    test('with 4004 for a token that is none, or has run out', async () => {
      covers('close:4004');
      const { token: good, rest } = await place.person();
      const ended = await place.person();
      await ended.rest.post('/auth/logout', undefined, Said);
      const bad = {
        ...(await forgeries(good, place.privateKey)),
        'that ran out': await expired(good, place.privateKey),
        'of a session that ended': ended.token,
        'that is empty': '',
      };
      for (const [what, token] of Object.entries(bad)) {
        const inQuery = place.open({ token });
        expect((await inQuery.closed).code, what).toBe(4004);
        const inFrame = place.open();
        await inFrame.heard(op.HELLO);
        inFrame.send(op.CONNECTED, { token });
        expect((await inFrame.closed).code, what).toBe(4004);
      }
      await rest.get('/auth/me', User);
    });

    test('with 4008 for more than 120 frames a minute', async () => {
      covers('close:4008');
      const socket = await connected();
      for (let frame = 0; frame < 120; frame += 1) socket.send(op.HEARTBEAT);
      await socket.inbox.atLeast(110, 'HEARTBEAT_ACK', (frame) => frame.op === op.HEARTBEAT_ACK);
      for (let frame = 0; frame < 20; frame += 1) socket.send(op.HEARTBEAT);
      expect(await socket.closed).toMatchObject({ code: 4008 });
    });

    test('when its session ends, and only then', async () => {
      covers('rule:logout ends the session');
      const person = await place.person();
      const { username, password } = person;
      const ending = await place.connect(person);
      const { token } = await place.rest.post('/auth/login', { username, password }, LoggedIn);
      const staying = place.open({ token });
      await staying.heard(op.CONNECTED);
      await person.rest.post('/auth/logout', undefined, Said);
      expect(await ending.closed).toMatchObject({ code: 4004 });
      staying.send(op.HEARTBEAT);
      await staying.heard(op.HEARTBEAT_ACK);
    });
  });

  describe('RESUME', () => {
    test('is refused for a session that nobody knows', async () => {
      covers('rule:op 5 INVALID_SESSION');
      const socket = await place.connect(await place.person());
      socket.send(op.RESUME, { session_id: 'unknown', seq: 1 });
      expect((await socket.heard(op.INVALID_SESSION)).d).toEqual({ resumable: false });
    });
  });
});
