import { expect, test } from 'vitest';
import { together } from './together.ts';

test('asks once for what several want in one turn, and anew in the next', async () => {
  const asked: (readonly string[])[] = [];
  const load = together(async (keys) => {
    asked.push(keys);
    return new Map(keys.flatMap((key) => (key === 'none' ? [] : [[key, { key, asked: asked.length }]])));
  });
  const [ours, theirs] = await Promise.all([load(['a', 'b']), load(['b', 'none'])]);
  expect(asked).toEqual([['a', 'b', 'none']]);
  expect(ours).toEqual([
    { key: 'a', asked: 1 },
    { key: 'b', asked: 1 },
  ]);
  expect(theirs).toEqual([{ key: 'b', asked: 1 }, null]);
  expect(await load(['a'])).toEqual([{ key: 'a', asked: 2 }]);
});

test('tells everybody who waited that it failed, and nobody after them', async () => {
  let failures = 1;
  const load = together(async (keys) => {
    if (failures-- > 0) throw new Error('The database is away.');
    return new Map(keys.map((key) => [key, { key }]));
  });
  const answers = await Promise.allSettled([load(['a']), load(['b'])]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await load(['a'])).toEqual([{ key: 'a' }]);
});
