import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
