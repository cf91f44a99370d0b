import { locale, texts } from './language.ts';

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const thisYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', weekday: 'long' });
const anyYear = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });

/** "14:05". */
export const timeOf = (moment: Date): string => clock.format(moment);

/** "Today", "Yesterday", else the date. */
export function dayOf(moment: Date, now = new Date()): string {
  const days = daysBetween(moment, now);
  if (days === 0) return texts.today;
  if (days === 1) return texts.yesterday;
  return (moment.getFullYear() === now.getFullYear() ? thisYear : anyYear).format(moment);
}

/** As short as a list wants it: the time of today's, else the day. */
export function briefly(moment: Date, now = new Date()): string {
  const days = daysBetween(moment, now);
  if (days === 0) return timeOf(moment);
  return days === 1 ? texts.yesterday : short.format(moment);
}

/** "1:05", of seconds. */
export function lengthOf(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.round(seconds) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

const midnight = (moment: Date): number =>
  new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();

/** Whole days of the calendar; a day of 23 or 25 hours is one, too. */
const daysBetween = (from: Date, to: Date): number => Math.round((midnight(to) - midnight(from)) / 86_400_000);
