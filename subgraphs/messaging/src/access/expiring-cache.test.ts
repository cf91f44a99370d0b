import { expect, test } from 'vitest';
import { ExpiringCache } from './expiring-cache.ts';

const settings = { max: 2, lifetime: 60_000 };

test('loads once, and not at all what is kept', async () => {
  const cache = new ExpiringCache<{ n: number }>(settings);
  let loads = 0;
  const load = async () => ({ n: ++loads });
  expect([await cache.get('a', load), await cache.get('a', load)]).toEqual([{ n: 1 }, { n: 1 }]);
  expect(await cache.renew('a', load)).toEqual({ n: 2 });
  expect(await cache.get('a', load)).toEqual({ n: 2 });
});

test('keeps no answer that is none, and no failure', async () => {
  const cache = new ExpiringCache<{ n: number }>(settings);
  expect(await cache.get('a', async () => null)).toBeNull();
  await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await cache.get('a', async () => ({ n: 1 }))).toEqual({ n: 1 });
});

test('forgets what is concerned and nothing else', async () => {
  const cache = new ExpiringCache<{ n: number }>(settings);
  await cache.get('a', async () => ({ n: 1 }));
  await cache.get('b', async () => ({ n: 2 }));
  cache.drop(({ n }, key) => n === 1 && key === 'a');
  expect(await cache.get('a', async () => ({ n: 3 }))).toEqual({ n: 3 });
  expect(await cache.get('b', async () => ({ n: 4 }))).toEqual({ n: 2 });
});

test('an answer that was under way when something was dropped is given, but not kept', async () => {
  const cache = new ExpiringCache<{ n: number }>(settings);
  let answer: (value: { n: number }) => void = () => undefined;
  const asked = cache.get('a', () => new Promise((resolve) => (answer = resolve)));
  // Nothing of 'a' is kept yet that it could pick.
  cache.drop(() => false);
  answer({ n: 1 });
  expect(await asked).toEqual({ n: 1 });
  expect(await cache.get('a', async () => ({ n: 2 }))).toEqual({ n: 2 });
});

test('keeps no more than it may', async () => {
  const cache = new ExpiringCache<{ n: number }>(settings);
  for (const key of ['a', 'b', 'c']) await cache.get(key, async () => ({ n: 1 }));
  expect(await cache.get('a', async () => ({ n: 2 }))).toEqual({ n: 2 });
});
