import { expect, test } from 'vitest';
import { Servers } from '../../client/shapes.ts';
import { op } from '../../client/socket.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';
import { expectRefused } from '../refused.ts';

overEveryBackend(
  (place) => {
    test('a socket whose heartbeats stop is closed with 4009, and no other', async () => {
      covers('close:4009');
      const silent = await place.connect(await place.person());
      expect((await silent.heard(op.HELLO)).d).toEqual({ heartbeat_interval: 1_000 });
      const beating = await place.connect(await place.person());
      const beats = setInterval(() => beating.send(op.HEARTBEAT), 100);
      expect(await silent.closed).toMatchObject({ code: 4009 });
      const acknowledged = beating.all(op.HEARTBEAT_ACK).length;
      await beating.inbox.atLeast(acknowledged + 1, 'HEARTBEAT_ACK', (frame) => frame.op === op.HEARTBEAT_ACK);
      clearInterval(beats);
    });

    test('writing too much is refused, and told when to try again', async () => {
      covers('error:6003');
      const { rest } = await place.person();
      const made = await Promise.all(
        Array.from({ length: 25 }, () => rest.send('POST', '/servers', { json: { name: 'one more' } })),
      );
      const refused = made.filter(({ status }) => status !== 200);
      expect(refused).toHaveLength(5);
      for (const reply of refused) {
        expectRefused(reply, 6003);
        expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
      }
      expect((await rest.get('/servers', Servers)).servers).toHaveLength(20);
    });
  },
  { HEARTBEAT_SECONDS: '1', WRITES_PER_MINUTE: '20' },
);
