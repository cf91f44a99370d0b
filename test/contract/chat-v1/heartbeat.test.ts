import { expect, test } from 'vitest';
import { op } from '../../client/socket.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';

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
  },
  { HEARTBEAT_SECONDS: '1' },
);
