import { newId } from '@kopru/runtime/ids.ts';
import { describe, expect, test } from 'vitest';
import { expired, forgeries } from '../../client/forge.ts';
import type { GatewayPath } from '../../client/gateway.ts';
import { Said } from '../../client/shapes.ts';
import { joinGateway, openGateway } from '../../gateway.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectDescribed } from './described.ts';

const paths: readonly GatewayPath[] = ['/', '/ws'];

overEveryBackend((place) => {
  describe.each(paths)('a socket on %s is closed', (path) => {
    const ready = async () => joinGateway(place, await place.person(), { path });

    test('with 4002 for what is not JSON, or no frame, or larger than 16 KiB', async () => {
      covers('gateway close:4002');
      const large = JSON.stringify({ op: 'HEARTBEAT', data: 'x'.repeat(16 * 1024) });
      for (const text of ['{', 'hello', '[]', 'null', '"op"', large, Buffer.from([0xff, 0xfe])]) {
        const socket = await ready();
        socket.sendText(text);
        expect((await socket.closed).code, String(text).slice(0, 20)).toBe(4002);
      }
    });

    test('with 4003 for asking before it is known who', async () => {
      covers('gateway close:4003');
      for (const op of ['GUILD_SUBSCRIBE', 'GUILD_UNSUBSCRIBE']) {
        const socket = openGateway(place, path);
        await socket.answered('HELLO');
        socket.send(op, { guildId: newId() });
        expect(await socket.closed).toMatchObject({ code: 4003 });
      }
    });

    test('with 4004 for a token that is none, or not any more; INVALID_SESSION says so before', async () => {
      covers('gateway close:4004', 'gateway:INVALID_SESSION');
      const { token: good, rest } = await place.person();
      const ended = await place.person();
      await ended.rest.post('/auth/logout', undefined, Said);
      const bad: Record<string, unknown> = {
        ...(await forgeries(good, place.privateKey)),
        'that ran out': await expired(good, place.privateKey),
        'of a session that ended': ended.token,
        'that is empty': '',
        'that is no text': { token: good },
        'that is missing': undefined,
      };
      for (const [what, token] of Object.entries(bad)) {
        const socket = openGateway(place, path);
        await socket.answered('HELLO');
        socket.send('IDENTIFY', { token });
        expect((await socket.closed).code, what).toBe(4004);
        expect(socket.frames.slice(1), what).toEqual([
          { op: 'INVALID_SESSION', data: { reason: expect.stringMatching(/\w/) } },
        ]);
        await expectDescribed(place, socket);
      }
      await rest.send('GET', '/auth/me');
    });

    test('with 4008 for more than 120 frames a minute', async () => {
      covers('gateway close:4008');
      const socket = await ready();
      // IDENTIFY was the first.
      for (let frame = 1; frame < 120; frame += 1) socket.send('HEARTBEAT');
      await socket.inbox.atLeast(119, 'HEARTBEAT_ACK', ({ op }) => op === 'HEARTBEAT_ACK');
      socket.send('HEARTBEAT');
      expect(await socket.closed).toMatchObject({ code: 4008 });
    });
  });

  test('a socket is closed with 4003 for not saying who within 10 seconds, whatever else it says', async () => {
    covers('gateway close:4003');
    const sockets = paths.map((path) => openGateway(place, path));
    for (const socket of sockets) {
      await socket.answered('HELLO');
      socket.send('HEARTBEAT');
    }
    for (const socket of sockets) expect(await socket.closed).toMatchObject({ code: 4003 });
  });

  test('other paths are not there', async () => {
    covers('gateway rule:other paths are not there');
    const socket = openGateway(place, '/elsewhere' as GatewayPath);
    await expect(socket.answered('HELLO')).rejects.toThrow('404');
  });
});
