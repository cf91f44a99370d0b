import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Typing } from './typing.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('writing is said at most every 2.5 seconds, and at once after a message', () => {
  const say = vi.fn();
  const typing = new Typing(say);
  for (let key = 0; key < 20; key += 1) {
    typing.write();
    vi.advanceTimersByTime(200);
  }
  expect(say).toHaveBeenCalledTimes(2);
  typing.sent();
  typing.write();
  expect(say).toHaveBeenCalledTimes(3);
});

test('the other side is believed for five seconds', () => {
  const typing = new Typing(() => undefined);
  typing.hear();
  vi.advanceTimersByTime(4_000);
  typing.hear();
  vi.advanceTimersByTime(4_000);
  expect(typing.seen.value).toBe(true);
  vi.advanceTimersByTime(1_001);
  expect(typing.seen.value).toBe(false);
});
