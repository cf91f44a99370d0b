import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

const pace = (most: number) => {
  const paced = new Pace(most);
  const started: string[] = [];
  const start = (whom: string, times = 1): void => {
    for (let time = 0; time < times; time++) void paced.turn(whom).then(() => started.push(whom));
  };
  return { started, start };
};

test('what one turn may start begins at once', async () => {
  const { started, start } = pace(3);
  start('ann', 3);
  await Promise.resolve();
  expect(started).toEqual(['ann', 'ann', 'ann']);
});

test('the rest begins in the turns that follow', async () => {
  const { started, start } = pace(3);
  start('ann', 8);
  for (const count of [6, 8]) {
    expect(started.length).toBeLessThan(count);
    await setImmediate();
    expect(started).toHaveLength(count);
  }
});

test('nobody waits until all of another has begun', async () => {
  const { started, start } = pace(2);
  start('ann', 1_000);
  start('bob', 3);
  start('can');
  for (let turn = 0; turn < 4; turn++) await setImmediate();
  expect(started.slice(2)).toEqual(['ann', 'bob', 'can', 'ann', 'bob', 'ann', 'bob', 'ann']);
});

test('who comes later goes behind those who wait', async () => {
  const { started, start } = pace(1);
  start('ann', 2);
  start('bob');
  await setImmediate();
  start('can');
  await setImmediate();
  await setImmediate();
  expect(started).toEqual(['ann', 'ann', 'bob', 'can']);
});
