import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Quota } from './quota.ts';

describe('a quota', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const refused = (retryAfter: number) =>
    expect.objectContaining({ code: 'RATE_LIMITED', extensions: expect.objectContaining({ retryAfter }) });

  test('is for each, and ends', () => {
    const quota = new Quota({ most: 2, within: 60_000 });
    quota.take('ann');
    quota.take('ann');
    expect(() => quota.take('ann')).toThrow(refused(60));
    quota.take('bob');
  });

  test('begins anew a time after the first, whatever was refused meanwhile', () => {
    const quota = new Quota({ most: 2, within: 60_000 });
    quota.take('ann');
    vi.advanceTimersByTime(40_000);
    quota.take('ann');
    expect(() => quota.take('ann')).toThrow(refused(20));
    vi.advanceTimersByTime(20_010);
    quota.take('ann');
    quota.take('ann');
    expect(() => quota.take('ann')).toThrow(refused(60));
  });
});
