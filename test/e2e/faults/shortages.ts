import { expect, test } from 'vitest';
import { fillRedis } from '../../env/servers/redis.ts';
import type { Stores } from '../../env/servers.ts';
import type { Place } from '../../place.ts';
import { type Account, disconnected, expectEverything } from './account.ts';
import { Crowd } from './crowd.ts';

/** How long one shortage may take on a machine that is busy, in milliseconds; idle, none takes a quarter of a minute. */
const timeout = 240_000;

/** What people hear, and are told, while something that is needed has no room left. */
export function shortages(place: Place, stores: () => Stores): void {
  test('Redis is full: messages are taken, their events wait, and nothing is lost', { timeout }, async () => {
    const crowd = await Crowd.gather(place, { witnesses: true });
    {
      await using _full = await fillRedis(stores().settings.REDIS_URL ?? '');
      await crowd.talk(100);
      expect(await place.installation.services.get('start')?.metric('kopru_outbox_depth')).toBeGreaterThan(50);
    }
    await crowd.hear(120);
    const account = await crowd.part('Redis is full');
    expectEverything(account);
    expect(disconnected(account)).toEqual([]);
    expect(account.talkers.flatMap(({ reasons }) => [...reasons])).toEqual([]);
  });

  test('the database hangs: nobody waits for ever, and what is refused is told so', {
    timeout,
  }, async () => {
    const crowd = await Crowd.gather(place, { witnesses: true });
    const { server } = stores().mariadb;
    await server.freeze();
    await crowd.refused(4);
    await server.thaw();
    await crowd.hear(20);
    const account = await crowd.part('The database hangs');
    expectEverything(account);
    expect(disconnected(account)).toEqual([]);
    expectToldLittle(account);
  });

  test('the database lets nobody in: what is refused is told so', { timeout }, async () => {
    const crowd = await Crowd.gather(place, { witnesses: true });
    const { mariadb } = stores();
    const letIn = await mariadb.shutOut();
    await crowd.refused(20);
    await letIn();
    await crowd.hear(20);
    const account = await crowd.part('The database lets nobody in');
    expectEverything(account);
    expect(disconnected(account)).toEqual([]);
    expectToldLittle(account);
  });
}

/** Whoever is refused hears that it is for now, and nothing of what is behind it. */
function expectToldLittle({ talkers }: Account): void {
  const [byRest = [], byGraph = []] = talkers.map(({ reasons }) => [...reasons]);
  for (const reason of byRest)
    expect(reason).toMatch(/ answered 500: \{"error_code":4002,"msg":"message send failed"\}$/);
  for (const reason of byGraph)
    expect(reason).toMatch(/answered \[\{"message":"[\w ]+\. Try again\.",.*"code":"UNAVAILABLE"\}\}\]$/);
}
