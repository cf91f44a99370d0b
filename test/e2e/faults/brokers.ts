import { afterEach, expect, test } from 'vitest';
import { startAll } from '../../env/program.ts';
import { fillRedis } from '../../env/servers/redis.ts';
import type { Brokers } from '../../env/servers.ts';
import type { Place } from '../../place.ts';
import { disconnected, expectEverything } from './account.ts';
import { Crowd } from './crowd.ts';

/** How long one fault may take on a machine that is busy, in milliseconds; idle, none takes half a minute. */
const timeout = 240_000;
/** How much is said while something is away: for several seconds. */
const meanwhile = 150;

const clientsOfLast = ['gateway 2 /', 'gateway 2 /ws'];

/** What everybody hears when what the gateways stand on is taken away under a steady stream of messages. */
export function brokerFaults(place: Place, brokers: () => Brokers): void {
  afterEach(async () => {
    const { redis, rabbitmq } = brokers();
    await startAll([redis, rabbitmq, ...place.installation.services.values()]);
  });

  test.each([
    { fault: 'RabbitMQ is stopped', name: 'rabbitmq', goes: 'stop', comes: 'start' },
    { fault: 'RabbitMQ is killed', name: 'rabbitmq', goes: 'kill', comes: 'start' },
    { fault: 'RabbitMQ hangs', name: 'rabbitmq', goes: 'freeze', comes: 'thaw' },
    { fault: 'Redis is stopped', name: 'redis', goes: 'stop', comes: 'start' },
    { fault: 'Redis is killed', name: 'redis', goes: 'kill', comes: 'start' },
    { fault: 'Redis hangs', name: 'redis', goes: 'freeze', comes: 'thaw' },
  ] as const)('$fault and comes back: nobody is disconnected, and nothing is lost', { timeout }, async (row) => {
    const crowd = await Crowd.gather(place, { witnesses: true });
    const server = brokers()[row.name];
    await server[row.goes]();
    await crowd.talk(meanwhile);
    await server[row.comes]();
    await crowd.hear(40);
    const account = await crowd.part(row.fault);
    expectEverything(account);
    expect(disconnected(account)).toEqual([]);
  });

  test('Redis is full: events wait in RabbitMQ, and nothing is lost', { timeout }, async () => {
    const crowd = await Crowd.gather(place, { witnesses: true });
    {
      await using _full = await fillRedis(brokers().settings.REDIS_URL ?? '');
      await crowd.talk(meanwhile);
    }
    await crowd.hear(meanwhile);
    const account = await crowd.part('Redis is full');
    expectEverything(account);
    expect(disconnected(account)).toEqual([]);
  });

  test('Redis comes back empty: everybody comes back and fetches, and nothing is lost', { timeout }, async () => {
    const crowd = await Crowd.gather(place);
    const { redis, forget } = brokers();
    await redis.kill();
    await forget();
    await crowd.talk(meanwhile);
    await redis.start();
    await crowd.comeBack();
    await crowd.hear(20);
    const account = await crowd.part('Redis comes back empty');
    expectEverything(account);
    for (const { losses } of account.clients) expect(losses[0]).toMatch(/^1011/);
  });

  test('a gateway is killed while Redis is away: the others let its clients in, and nothing is lost', {
    timeout,
  }, async () => {
    const crowd = await Crowd.gather(place, { witnesses: true });
    const { redis } = brokers();
    const service = place.installation.services.get('compat 2');
    await redis.stop();
    await service?.kill();
    await crowd.comeBack(...clientsOfLast);
    await redis.start();
    await crowd.hear(20);
    await service?.start();
    const account = await crowd.part('A gateway is killed while Redis is away');
    expectEverything(account);
    expect(disconnected(account)).toEqual(clientsOfLast);
  });

  test('the process between RabbitMQ and Redis is killed: nothing is lost', { timeout }, async () => {
    const { services } = place.installation;
    const crowd = await Crowd.gather(place);
    const service = await crowd.bridge(services.values());
    await service.kill();
    await crowd.talk(meanwhile);
    await service.start();
    expect((await crowd.bridge(services.values())).name, 'another took its place').not.toBe(service.name);
    expectEverything(await crowd.part(`${service.name}, which brings events from RabbitMQ to Redis, is killed`));
  });
}
