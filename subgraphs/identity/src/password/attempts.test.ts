import { MemoryQuota } from '@kopru/runtime/quota/memory.ts';
import { openQuota } from '@kopru/runtime/quota/open.ts';
import { backends } from '@kopru/test/env/backends.ts';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Attempts } from './attempts.ts';

describe('attempts', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const wrong = async () => null;
  const right = async () => 'right';
  const limited = { code: 'RATE_LIMITED' };
  const fail = async (attempts: Attempts, account: string, address: string, times: number) => {
    for (let time = 0; time < times; time++) expect(await attempts.guard(account, address, wrong)).toBeNull();
  };

  it('of an account from one address are ten, and none is run past that', async () => {
    const attempts = new Attempts(new MemoryQuota());
    await fail(attempts, 'ann', '192.0.2.1', 10);
    const more = vi.fn(right);
    await expect(attempts.guard('ann', '192.0.2.1', more)).rejects.toMatchObject(limited);
    expect(more).not.toHaveBeenCalled();
    expect(await attempts.guard('ann', '192.0.2.2', right)).toBe('right');
    expect(await attempts.guard('bob', '192.0.2.1', right)).toBe('right');
  });

  it('count before they end, so many at once are not more', async () => {
    const attempts = new Attempts(new MemoryQuota());
    const tried = vi.fn(wrong);
    await Promise.allSettled(Array.from({ length: 50 }, () => attempts.guard('ann', '192.0.2.1', tried)));
    expect(tried).toHaveBeenCalledTimes(10);
  });

  it('are forgiven by a right one', async () => {
    const attempts = new Attempts(new MemoryQuota());
    for (let round = 0; round < 3; round++) {
      await fail(attempts, 'ann', '192.0.2.1', 9);
      expect(await attempts.guard('ann', '192.0.2.1', right)).toBe('right');
    }
  });

  it('do not count where they could not be made', async () => {
    const attempts = new Attempts(new MemoryQuota());
    for (let time = 0; time < 20; time++)
      await expect(attempts.guard('ann', '192.0.2.1', () => Promise.reject(new Error('Away.')))).rejects.toThrow(
        'Away.',
      );
    expect(await attempts.guard('ann', '192.0.2.1', right)).toBe('right');
  });

  it('of one address are bounded over all accounts', async () => {
    const attempts = new Attempts(new MemoryQuota());
    for (let account = 0; account < 300; account++) await fail(attempts, `user-${account}`, '192.0.2.1', 1);
    await expect(attempts.guard('another', '192.0.2.1', right)).rejects.toMatchObject(limited);
    expect(await attempts.guard('another', '192.0.2.2', right)).toBe('right');
  });

  it('of all addresses that one client has are counted together', async () => {
    const attempts = new Attempts(new MemoryQuota());
    for (let end = 0; end < 10; end++) await fail(attempts, 'ann', `2001:db8:1:2::${end}`, 1);
    await expect(attempts.guard('ann', '2001:db8:1:2:ffff::1', right)).rejects.toMatchObject(limited);
    expect(await attempts.guard('ann', '2001:db8:1:3::1', right)).toBe('right');
  });

  it('on one account are bounded over all addresses, but for those that its owner comes from', async () => {
    const attempts = new Attempts(new MemoryQuota());
    expect(await attempts.guard('ann', '198.51.100.1', right)).toBe('right');
    for (let address = 1; address <= 10; address++) await fail(attempts, 'ann', `192.0.2.${address}`, 10);
    await expect(attempts.guard('ann', '192.0.2.11', right)).rejects.toMatchObject(limited);
    expect(await attempts.guard('bob', '192.0.2.11', right)).toBe('right');
    await fail(attempts, 'ann', '198.51.100.1', 1);
    expect(await attempts.guard('ann', '198.51.100.1', right)).toBe('right');
  });

  it('count for a quarter of an hour from the first, and say how long still', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
    const attempts = new Attempts(new MemoryQuota());
    await fail(attempts, 'ann', '192.0.2.1', 9);
    vi.advanceTimersByTime(10 * 60_000);
    await fail(attempts, 'ann', '192.0.2.1', 1);
    await expect(attempts.guard('ann', '192.0.2.1', right)).rejects.toMatchObject({ extensions: { retryAfter: 300 } });
    vi.advanceTimersByTime(5 * 60_000 + 10);
    expect(await attempts.guard('ann', '192.0.2.1', right)).toBe('right');
  });
});

describe.each(backends.filter(({ shared }) => shared))('attempts at several instances over $name', ({ open }) => {
  it('are counted together, and their owner is known at each', async () => {
    await using backend = await open();
    const { REDIS_URL: redisUrl, REDIS_PREFIX: redisPrefix = '' } = backend.settings;
    const opened = () => openQuota({ redisUrl, redisPrefix, logger: pino({ level: 'silent' }) });
    const quotas = [await opened(), await opened()] as const;
    const [one, other] = [new Attempts(quotas[0]), new Attempts(quotas[1])];
    const wrong = vi.fn(async () => null);
    expect(await one.guard('ann', '198.51.100.1', async () => 'right')).toBe('right');
    for (let address = 1; address <= 10; address++) {
      const tries = Array.from({ length: 12 }, (_, time) =>
        (time % 2 ? one : other).guard('ann', `192.0.2.${address}`, wrong),
      );
      await Promise.allSettled(tries);
    }
    expect(wrong).toHaveBeenCalledTimes(100);
    await expect(other.guard('ann', '192.0.2.11', wrong)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await other.guard('ann', '198.51.100.1', async () => 'right')).toBe('right');
    for (const quota of quotas) await quota.close();
  });
});
