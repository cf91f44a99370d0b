import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openProxy } from '../testing/proxy.ts';
import { MemoryQuota } from './memory.ts';
import { openQuota } from './open.ts';
import { type Quota, spend } from './quota.ts';

const logger = pino({ level: 'silent' });
const openOver = ({ settings }: OpenBackend, redisUrl = settings.REDIS_URL): Promise<Quota> =>
  openQuota({ redisUrl, redisPrefix: settings.REDIS_PREFIX ?? '', timeout: 300, logger });
const ok = { ok: true, retryAfter: 0 };

describe.each(backends)('a quota over $name', ({ open }) => {
  let backend: OpenBackend;
  let quota: Quota;
  beforeEach(async () => {
    backend = await open();
    quota = await openOver(backend);
  });
  afterEach(async () => {
    await quota.close();
    await backend[Symbol.asyncDispose]();
  });

  test('is for each key, and says when they begin anew', async () => {
    expect(await quota.take('ann', 2, 60)).toEqual(ok);
    expect(await quota.take('ann', 2, 60)).toEqual(ok);
    expect(await quota.take('ann', 2, 60)).toEqual({ ok: false, retryAfter: 60 });
    expect(await quota.take('bob', 2, 60)).toEqual(ok);
    await expect(spend(quota, 'ann', { limit: 2, windowSeconds: 60 })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      extensions: { retryAfter: 60 },
    });
  });

  test('is exact, however many come at once', async () => {
    const taken = await Promise.all(Array.from({ length: 200 }, () => quota.take('ann', 17, 60)));
    expect(taken.filter((one) => one.ok)).toHaveLength(17);
    expect(await quota.count('ann')).toBe(17);
  });

  test('begins anew when its window has ended', async () => {
    expect(await quota.take('ann', 1, 0.05)).toEqual(ok);
    await expect.poll(() => quota.take('ann', 1, 60), { interval: 10 }).toEqual(ok);
    expect(await quota.take('ann', 1, 60)).toEqual({ ok: false, retryAfter: 60 });
  });

  test('takes back what did not count, and no more than there was', async () => {
    await quota.take('ann', 2, 60);
    await quota.take('ann', 2, 60);
    await quota.giveBack('ann');
    expect(await quota.count('ann')).toBe(1);
    for (let time = 0; time < 3; time++) await quota.giveBack('ann');
    expect(await quota.count('ann')).toBe(0);
    await quota.take('ann', 1, 60);
    await quota.forget('ann');
    expect(await quota.take('ann', 1, 60)).toEqual(ok);
  });
});

describe.each(backends.filter(({ shared }) => shared))('a quota of several processes over $name', ({ open }) => {
  let backend: OpenBackend;
  let quota: Quota;
  beforeEach(async () => {
    backend = await open();
    quota = await openOver(backend);
  });
  afterEach(async () => {
    await quota.close();
    await backend[Symbol.asyncDispose]();
  });

  test('is one for all processes', async () => {
    const other = await openOver(backend);
    const taken = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? quota : other).take('ann', 20, 60)),
    );
    expect(taken.filter((one) => one.ok)).toHaveLength(20);
    await other.close();
  });

  test('is counted here alone while Redis is away, and there again when it is back', async () => {
    await using proxy = await openProxy(backend.settings.REDIS_URL ?? '');
    const distant = await openOver(backend, proxy.url);
    await distant.take('ann', 3, 60);
    proxy.cut();
    for (let time = 0; time < 3; time++) expect(await distant.take('ann', 3, 60)).toEqual(ok);
    expect((await distant.take('ann', 3, 60)).ok).toBe(false);
    proxy.restore();
    await expect.poll(() => distant.count('ann')).toBe(1);
    proxy.freeze();
    expect((await distant.take('ann', 3, 60)).ok).toBe(false);
    await distant.close();
  });
});

describe('a window', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is counted from the first, whatever was taken or refused meanwhile', async () => {
    const quota = new MemoryQuota();
    await quota.take('ann', 2, 60);
    vi.advanceTimersByTime(40_000);
    await quota.take('ann', 2, 60);
    expect(await quota.take('ann', 2, 60)).toEqual({ ok: false, retryAfter: 20 });
    vi.advanceTimersByTime(20_010);
    expect(await quota.take('ann', 2, 60)).toEqual(ok);
    expect(await quota.take('ann', 2, 60)).toEqual(ok);
    expect(await quota.take('ann', 2, 60)).toEqual({ ok: false, retryAfter: 60 });
  });
});
