import { describe, expect, test } from 'vitest';
import { grantDue, monthOf } from './calendar.ts';

describe('the day of renewal', () => {
  test.each([
    ['2026-01-15T08:30:00.000Z', 1, '2026-02-15T08:30:00.000Z'],
    ['2026-01-31T23:59:59.999Z', 1, '2026-02-28T23:59:59.999Z'],
    ['2026-01-31T23:59:59.999Z', 2, '2026-03-31T23:59:59.999Z'],
    ['2026-01-31T00:00:00.000Z', 3, '2026-04-30T00:00:00.000Z'],
    ['2027-12-31T12:00:00.000Z', 2, '2028-02-29T12:00:00.000Z'],
    ['2028-02-29T12:00:00.000Z', 12, '2029-02-28T12:00:00.000Z'],
    ['2028-02-29T12:00:00.000Z', 48, '2032-02-29T12:00:00.000Z'],
    ['2026-11-30T12:00:00.000Z', 3, '2027-02-28T12:00:00.000Z'],
    ['2026-05-05T05:05:05.005Z', 0, '2026-05-05T05:05:05.005Z'],
  ])('of an account made at %s is, %i months later, %s', (anchor, month, due) => {
    expect(grantDue(new Date(anchor), month).toISOString()).toBe(due);
    expect(monthOf(new Date(anchor), new Date(due))).toBe(month);
  });

  test('never comes twice in a month, nor leaves one out', () => {
    const anchor = new Date('2024-01-31T10:00:00.000Z');
    for (let month = 0; month < 600; month++) {
      const due = grantDue(anchor, month);
      expect(due.getUTCFullYear() * 12 + due.getUTCMonth()).toBe(2024 * 12 + month);
      expect(due.getUTCDate()).toBe(Math.min(31, new Date(Date.UTC(2024, month + 1, 0)).getUTCDate()));
    }
  });
});
