import { rateLimited } from '../errors.ts';

/** Whether one more was let through. */
export interface Taken {
  readonly ok: boolean;
  /** Whole seconds until they begin anew, at least 1; 0 where it was let through. */
  readonly retryAfter: number;
}

/**
 * How much each may do within a time that begins with the first of it, over all processes where these share a Redis.
 * A key says what is counted, in one word that metrics show, and for whom: `uploads 203.0.113.7`. Who is refused makes no database write.
 */
export interface Quota {
  /** Counts one more, unless `limit` were counted within the window already. What is refused is not counted. */
  take(key: string, limit: number, windowSeconds: number): Promise<Taken>;
  /** Takes one back that turned out not to count. */
  giveBack(key: string): Promise<void>;
  /** How many are counted now. */
  count(key: string): Promise<number>;
  /** Lets it begin anew. */
  forget(key: string): Promise<void>;
  close(): Promise<void>;
}

/** How much of one thing each may do. */
export interface Allowance {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Counts one more. @throws RATE_LIMITED where it is one too many, with the seconds until they begin anew */
export async function spend(quota: Quota, key: string, { limit, windowSeconds }: Allowance): Promise<void> {
  const { ok, retryAfter } = await quota.take(key, limit, windowSeconds);
  if (!ok) throw rateLimited(retryAfter);
}
