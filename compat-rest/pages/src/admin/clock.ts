import { signal } from '@preact/signals';

/** Ticks so that what depends on the time is drawn anew: milliseconds since 1970. */
export const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 5_000);

/** A visitor is online until this long after the last word of them, in milliseconds. */
export const onlineFor = 2 * 60_000;
