import { UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { Variety } from './variety.ts';

const caller = (sub: string, sid = 's1') => ({
  requestId: 'r',
  client: { address: '', userAgent: '' },
  token: new UnsecuredJWT({ sub, sid }).encode(),
});

test('a user has so many different operations, in all sessions together', () => {
  const variety = new Variety(2);
  expect(variety.enter(caller('ann', 's1'), 'one')).toBeDefined();
  expect(variety.enter(caller('ann', 's2'), 'two')).toBeDefined();
  expect(variety.enter(caller('ann', 's3'), 'three')).toBeUndefined();
  expect(variety.enter(caller('bob'), 'three')).toBeDefined();
});

test('the same one may be live any number of times', () => {
  const variety = new Variety(1);
  const leaving = Array.from({ length: 100 }, () => variety.enter(caller('ann'), 'one'));
  for (const leave of leaving) expect(leave).toBeDefined();
  for (const leave of leaving.slice(1)) leave?.();
  expect(variety.enter(caller('ann'), 'two')).toBeUndefined();
  leaving[0]?.();
  expect(variety.enter(caller('ann'), 'two')).toBeDefined();
});

test('what nobody in particular listens to is not counted', () => {
  const variety = new Variety(0);
  const { token: _, ...service } = caller('ann');
  expect(variety.enter(service, 'one')).toBeDefined();
});
