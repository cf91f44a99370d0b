import { texts } from '../text/language.ts';
import type { Failure } from '../wire/failure.ts';

/** What the failure of a call says to whoever signs in. */
export function problemOf({ type, retryAfter = 60_000 }: Failure): string {
  if (type === 'rate_limit_exceeded') return texts.login.tooMany(Math.ceil(retryAfter / 60_000));
  return type === 'away' ? texts.login.away : texts.login.undelivered;
}
