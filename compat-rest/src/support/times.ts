const hour = 3_600_000;

/** A moment as the document writes it: `YYYY-MM-DD HH:MM:SS` in Turkey's time, which is UTC+3 all year. */
export const turkishTime = (iso: string): string =>
  new Date(Date.parse(iso) + 3 * hour).toISOString().slice(0, 19).replace('T', ' ');

/** The same where there may be none. */
export const turkishTimeOrNull = (iso: string | null): string | null => (iso === null ? null : turkishTime(iso));
