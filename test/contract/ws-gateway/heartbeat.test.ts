import { expect, test } from 'vitest';
import { joinGateway } from '../../gateway.ts';
import { overEveryBackend } from '../../place.ts';
import { covers } from '../covers.ts';

overEveryBackend(
  (place) => {
    test('a socket whose heartbeats stop is closed with 4009, and no other', async () => {
      covers('gateway close:4009');
      const [silent, beating] = [
        await joinGateway(place, await place.person()),
        await joinGateway(place, await place.person(), { path: '/ws' }),
      ];
      expect((await silent.answered('HELLO')).data).toEqual({ heartbeatInterval: 1_000 });
      const beats = setInterval(() => beating.send('HEARTBEAT'), 100);
      expect(await silent.closed).toMatchObject({ code: 4009 });
      clearInterval(beats);
      await beating.settled();
    });
  },
  { HEARTBEAT_SECONDS: '1' },
);
