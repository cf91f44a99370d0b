import { expect, test } from 'vitest';
import { turkishTime, turkishTimeOrNull } from './times.ts';

test.each([
  ['2024-01-01T09:00:00.000Z', '2024-01-01 12:00:00'],
  ['2024-07-01T09:00:00.999Z', '2024-07-01 12:00:00'],
  ['2024-12-31T21:00:00Z', '2025-01-01 00:00:00'],
])('%s is %s in Turkey, in summer and in winter', (iso, naive) => {
  expect(turkishTime(iso)).toBe(naive);
});

test('no moment has no time', () => {
  expect(turkishTimeOrNull(null)).toBeNull();
  expect(turkishTimeOrNull('2024-01-01T09:00:00.000Z')).toBe('2024-01-01 12:00:00');
});
