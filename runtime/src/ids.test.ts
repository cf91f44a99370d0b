import { expect, test } from 'vitest';
import { isUuid, newCapability, newId, nextId } from './ids.ts';

test('ids of one process ascend, also within one millisecond', () => {
  const ids = Array.from({ length: 5_000 }, newId);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ['ffffffff-0000-7000-8000-000000000000', 'ffffffff-0000-7000-8000-000000000001'],
  ['ffffffff-0000-7000-bfff-ffffffffffff', 'ffffffff-0000-7001-8000-000000000000'],
  ['ffffffff-0000-7fff-bfff-ffffffffffff', 'ffffffff-0001-7000-8000-000000000000'],
])('counting on from %s', (previous, expected) => {
  expect(nextId(previous)).toBe(expected);
});

test('an id of the past is followed by one of now', () => {
  expect(nextId('0191f2a0-0000-7000-8000-000000000000').slice(0, 8)).toBe(newId().slice(0, 8));
  expect(isUuid(nextId(null))).toBe(true);
});

test('capabilities are long and differ', () => {
  expect(newCapability()).toMatch(/^[\w-]{22}$/);
  expect(newCapability()).not.toBe(newCapability());
});

test.each([['not-a-uuid'], [''], [null], [42], ['0191f2a0-0000-7000-8000-00000000000']])('%j is no UUID', (value) => {
  expect(isUuid(value)).toBe(false);
});
