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

test('strangers are counted by their network', () => {
  const variety = new Variety(1);
  const stranger = (address: string) => ({ requestId: 'r', client: { address, userAgent: '' } });
  expect(variety.enter(stranger('203.0.113.7'), 'one')).toBeDefined();
  expect(variety.enter(stranger('203.0.113.7'), 'two')).toBeUndefined();
  expect(variety.enter(stranger('203.0.113.8'), 'two')).toBeDefined();
  expect(variety.enter(stranger('2001:db8::1'), 'one')).toBeDefined();
  expect(variety.enter(stranger('2001:db8::2'), 'two')).toBeUndefined();
});

test('services are not counted, nor whoever may have come by a proxy', () => {
  const variety = new Variety(0);
  const client = { address: '203.0.113.7', userAgent: '' };
  expect(variety.enter({ requestId: 'r', client, asService: true }, 'one')).toBeDefined();
  for (const address of ['', '127.0.0.1', '10.1.2.3'])
    expect(variety.enter({ requestId: 'r', client: { ...client, address } }, 'one')).toBeDefined();
});
