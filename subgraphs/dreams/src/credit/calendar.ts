/**
 * When the `month`-th grant after `anchor` is due: on the anchor's day of the month and at its time, in UTC.
 * A month without that day has it on its last one, and the next month again on the day itself.
 */
export function grantDue(anchor: Date, month: number): Date {
  const due = new Date(anchor);
  due.setUTCDate(1);
  due.setUTCMonth(due.getUTCMonth() + month);
  const days = new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + 1, 0)).getUTCDate();
  due.setUTCDate(Math.min(anchor.getUTCDate(), days));
  return due;
}

/** Which grant is due at `due`: 0 is the first, with the account itself. */
export const monthOf = (anchor: Date, due: Date): number =>
  (due.getUTCFullYear() - anchor.getUTCFullYear()) * 12 + due.getUTCMonth() - anchor.getUTCMonth();
