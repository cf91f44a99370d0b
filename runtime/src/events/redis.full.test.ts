import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { openQuota } from '../quota/open.ts';
import { eventOf, record } from '../testing/events.ts';
import { hasRedisServer, type OwnRedis, openRedisServer } from '../testing/redis-server.ts';
import type { EventLog } from './log.ts';
import { openRedisLog } from './redis.ts';

const logger = pino({ level: 'silent' });
const options = { prefix: 'test:', logger };

describe.skipIf(!hasRedisServer)('a Redis that is full', () => {
  let redis: OwnRedis;
  let log: EventLog;
  const fill = () => redis.client.config('SET', 'maxmemory', '1');
  const makeRoom = () => redis.client.config('SET', 'maxmemory', '0');

  beforeEach(async () => {
    redis = await openRedisServer('--maxmemory-policy', 'noeviction');
    log = await openRedisLog({ url: redis.url, ...options });
  });
  afterEach(async () => {
    await log.close();
    await redis[Symbol.asyncDispose]();
  });

  it('is not ready, takes nothing, and takes everything again when there is room', async () => {
    const heard = await record(log, ['a']);
    await log.ping();
    await fill();
    await expect(log.append([eventOf('1', 'a')])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(log.ping()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await makeRoom();
    await log.ping();
    await log.append([eventOf('1', 'a'), eventOf('2', 'a')]);
    await expect.poll(heard.names).toEqual(['1', '2']);
  });

  it('leaves each process to count what it allows by itself', async () => {
    const quota = await openQuota({ redisUrl: redis.url, redisPrefix: 'test:', logger });
    await fill();
    expect(await quota.take('ann', 1, 60)).toMatchObject({ ok: true });
    expect(await quota.take('ann', 1, 60)).toMatchObject({ ok: false });
    await quota.close();
  });
});

describe.skipIf(!hasRedisServer)('a Redis that goes away', () => {
  it('is told of once, however many connections it had, and once when all are back', async () => {
    const lines: { msg: string }[] = [];
    const destination = new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)));
        done();
      },
    });
    const telling = { prefix: 'test:', logger: createLogger('test', 'info', destination) };
    await using redis = await openRedisServer();
    const log = await openRedisLog({ url: redis.url, ...telling });
    const quota = await openQuota({ redisUrl: redis.url, redisPrefix: 'test:', logger: telling.logger });
    await redis.stop();
    await expect.poll(() => lines.map(({ msg }) => msg)).toContain('Redis cannot be reached');
    await redis.start();
    await expect.poll(() => lines.map(({ msg }) => msg)).toContain('Redis is back');
    expect(lines.filter(({ msg }) => msg.startsWith('Redis')).map(({ msg }) => msg)).toEqual([
      'Redis cannot be reached',
      'Redis is back',
    ]);
    await log.ping();
    await Promise.all([log.close(), quota.close()]);
  });
});
