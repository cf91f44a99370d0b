import { describe, expect, onTestFinished, test } from 'vitest';
import { EngineClient, type EngineSocket } from '../../client/engine.ts';
import { overEveryBackend } from '../../place.ts';
import { supportUrl } from '../../support.ts';
import { covers } from '../covers.ts';

const refused = [400, expect.stringContaining('"message"')];
const shake = {
  sid: expect.stringMatching(/^[\w-]{20}$/),
  pingInterval: 1_000,
  pingTimeout: 1_000,
  maxPayload: 65_536,
};

overEveryBackend(
  (place) => {
    const engine = () => new EngineClient(supportUrl(place));
    const open = (query: Record<string, string> = {}, version: Record<string, string> = { EIO: '4' }): EngineSocket => {
      const socket = engine().socket({ transport: 'websocket', ...version, ...query });
      onTestFinished(() => socket.drop());
      return socket;
    };

    describe('Engine.IO', () => {
      test('a session begins over polling, and may be upgraded', async () => {
        covers('support protocol:handshake over polling');
        expect((await engine().handshake()).handshake).toEqual({ ...shake, upgrades: ['websocket'] });
      });

      test('a session begins over websocket, with nothing to upgrade to', async () => {
        covers('support protocol:handshake over websocket');
        const packet = await open().heard('0');
        expect(JSON.parse(packet.slice(1))).toEqual({ ...shake, upgrades: [] });
      });

      test.each([
        [{ transport: 'polling' }],
        [{ EIO: '3', transport: 'polling' }],
        [{ EIO: '4' }],
        [{ EIO: '4', transport: 'pigeon' }],
        [{ EIO: '4', transport: 'webtransport' }],
      ])('no session begins with %j', async (query) => {
        covers('support protocol:a handshake needs version and transport');
        expect(await engine().request(query)).toEqual(refused);
        const { transport = '', ...version } = query as Record<string, string>;
        const socket = open({ transport: transport === 'polling' ? 'websocket' : transport }, version);
        await socket.closed;
        expect(socket.packets.items).toEqual([]);
      });

      test('nobody speaks for a session that is none', async () => {
        covers('support protocol:an unknown session is refused');
        for (const method of ['GET', 'POST'])
          expect(await engine().request({ EIO: '4', transport: 'polling', sid: 'none' }, { method })).toEqual(refused);
        expect(await open({ sid: 'none' }).opened).toContain('400');
        expect(await open({ sid: '__proto__' }).opened).toContain('400');
      });

      test('other methods begin and ask nothing', async () => {
        covers('support protocol:a session is not asked by another method');
        expect(await engine().request({ EIO: '4', transport: 'polling' }, { method: 'POST' })).toEqual(refused);
        const session = await engine().handshake();
        for (const method of ['PUT', 'DELETE', 'PATCH'])
          expect((await engine().request(session.query, { method }))[0], method).toBeGreaterThanOrEqual(400);
        expect(await session.post('40')).toEqual([200, 'ok']);
      });

      test('packets travel several to a body', async () => {
        covers('support protocol:messages over polling');
        const session = await engine().handshake();
        await session.post('40');
        expect((await session.poll())[1]).toContainEqual(expect.stringMatching(/^40\{"sid":"[\w-]{20}"/));
        expect(await session.post('421["nothing"]', '422["nothing"]')).toEqual([200, 'ok']);
        const packets: string[] = [];
        while (packets.length < 2) packets.push(...(await session.poll())[1].filter((packet) => packet !== '2'));
        expect(packets).toEqual([expect.stringMatching(/^431\[\{"error"/), expect.stringMatching(/^432\[\{"error"/)]);
      });

      test('a second poll beside the first ends the session', async () => {
        covers('support protocol:one poll at a time');
        const session = await engine().handshake();
        await session.post('40');
        await session.poll();
        const answers = await Promise.all([session.poll(), session.poll()]);
        expect(answers.map(([status]) => status)).toContain(400);
        expect((await session.poll())[0]).toBe(400);
      });

      test('who answers pings stays, who does not is let go', async () => {
        covers('support protocol:heartbeat');
        const [silent, alive] = [await open().connect(), await open().connect()];
        const pongs = alive.packets.atLeast(3, 'ping', (packet) => {
          if (packet === '2') alive.send('3');
          return packet === '2';
        });
        expect(await silent.heard('2')).toBe('2');
        await silent.closed;
        await pongs;
        alive.send('421["nothing"]');
        await alive.heard('431');
        const session = await engine().handshake();
        expect(await session.poll()).toEqual([200, ['2']]);
        await expect.poll(async () => (await session.post('3'))[0], { interval: 2_500 }).toBe(400);
      });

      test('a session moves from polling to websocket', async () => {
        covers('support protocol:upgrade');
        const session = await engine().handshake();
        await session.post('40');
        expect((await session.poll())[1][0]).toMatch(/^40/);
        const socket = open({ sid: session.handshake.sid });
        await socket.opened;
        const pending = session.poll();
        socket.send('2probe');
        expect(await socket.heard('3probe')).toBe('3probe');
        expect(await pending).toEqual([200, expect.arrayContaining([expect.stringMatching(/^[26]$/)])]);
        socket.send('5');
        socket.send('421["nothing"]');
        await socket.heard('431');
        expect((await session.poll())[0]).toBe(400);
        const second = open({ sid: session.handshake.sid });
        await second.closed;
        socket.send('422["nothing"]');
        await socket.heard('432');
      });

      test('a close packet ends the session', async () => {
        covers('support protocol:a session closes');
        const session = await engine().handshake();
        const pending = session.poll();
        expect(await session.post('1')).toEqual([200, 'ok']);
        expect((await pending)[0]).toBe(200);
        expect((await session.poll())[0]).toBe(400);
        const socket = await open().connect();
        socket.send('1');
        await socket.closed;
      });

      test('what is larger than may be ends the session', async () => {
        covers('support protocol:large packets end the session');
        const large = `42["join",{"display_name":"${'x'.repeat(70_000)}"}]`;
        const socket = await open().connect();
        socket.send(large);
        expect(await socket.closed).toBe(1009);
        const session = await engine().handshake();
        expect((await session.post(large))[0]).toBe(413);
      });
    });

    describe('Socket.IO', () => {
      test('a client connects to the one namespace there is', async () => {
        covers('support protocol:connect to the namespace', 'support protocol:no other namespace');
        const socket = open();
        const { sid } = JSON.parse((await socket.heard('0')).slice(1));
        socket.send('40');
        const connected = JSON.parse((await socket.heard('40')).slice(2));
        expect(connected.sid).toMatch(/^[\w-]{20}$/);
        expect(connected.sid).not.toBe(sid);
        socket.send('40/admin,');
        expect(await socket.heard('44')).toBe('44/admin,{"message":"Invalid namespace"}');
        socket.send('421["nothing"]');
        await socket.heard('431');
      });

      test('who does not connect in time is let go', async () => {
        covers('support protocol:connect in time');
        const socket = open();
        await socket.heard('0');
        await socket.closed;
      });

      test('an answer carries the id of its call', async () => {
        covers('support protocol:acknowledgements');
        const socket = await open().connect();
        socket.send('4277["join",{"display_name":"Ahmet"}]');
        expect(await socket.heard('4377')).toMatch(/^4377\[\{"thread_id":"[0-9a-f-]{36}"/);
        expect(socket.packets.items.filter((packet) => packet.startsWith('42["joined"'))).toHaveLength(1);
      });

      test.each([
        'abc',
        '4',
        '4abc',
        '49',
        '42',
        '42{}',
        '42[]',
        '42["join"',
        '421',
        '40{',
        '43["x"]',
        '44{"message":"x"}',
        '45["x"]',
        '4511-["x",{"_placeholder":true,"num":9}]',
        '42["connect"]',
        '42["disconnect"]',
      ])('a packet that is none harms nobody else: %s', async (packet) => {
        covers('support protocol:bad packets end the session');
        const [bad, other] = [await open().connect(), await open().connect()];
        bad.send(packet);
        bad.send('421["nothing"]');
        await Promise.race([bad.closed, bad.heard('431')]);
        other.send('421["nothing"]');
        await other.heard('431');
        if (['abc', '4abc', '49', '42{}', '42["join"', '42["connect"]'].includes(packet)) await bad.closed;
      });

      test('an event before the namespace is connected to ends the session', async () => {
        covers('support protocol:bad packets end the session');
        const socket = open();
        await socket.heard('0');
        socket.send('42["join",{"display_name":"Ahmet"}]');
        await socket.closed;
        const session = await engine().handshake();
        await session.post('abc');
        expect((await session.poll())[0]).toBe(400);
      });

      test('binary is taken and is nothing', async () => {
        covers('support protocol:binary is nothing to us');
        const socket = await open().connect();
        socket.send('451-1["join",{"display_name":{"_placeholder":true,"num":0}}]');
        socket.send(Buffer.from([1, 2, 3]));
        expect(await socket.heard('431')).toContain('invalid_message');
        socket.send('451-["join",{"_placeholder":true,"num":0}]');
        socket.send('42["join"]');
        await socket.closed;
      });
    });
  },
  { HEARTBEAT_SECONDS: '1' },
);
