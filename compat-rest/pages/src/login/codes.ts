import { Failure } from '../wire/failure.ts';
import { call, retryAfter } from '../wire/http.ts';

interface Requested {
  readonly success: boolean;
  /** The code itself, from servers in development. */
  readonly otp?: string;
}
interface Verified {
  readonly success: boolean;
  readonly redirect?: string;
  readonly reason?: 'wrong' | 'expired' | 'too_many';
}

/** Asks for a code. Answers with it where the server shows it, else with null. @throws {Failure} */
export async function requestCode(): Promise<string | null> {
  const { success, otp } = await post<Requested>('/request-otp', {});
  if (!success) throw new Failure('db_save_failed');
  return otp ?? null;
}

/** Signs in with a code. Answers with where to go, or why not. @throws {Failure} */
export async function verifyCode(otp: string): Promise<{ redirect: string } | { reason: string }> {
  const { success, redirect, reason } = await post<Verified>('/verify-otp', { otp });
  return success ? { redirect: redirect ?? '/admin' } : { reason: reason ?? 'wrong' };
}

async function post<Answer>(path: string, body: object): Promise<Answer> {
  const response = await call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status === 429)
    throw new Failure('rate_limit_exceeded', undefined, retryAfter(response.headers.get('retry-after')));
  if (!response.headers.get('content-type')?.includes('json')) throw new Failure('away');
  return (await response.json()) as Answer;
}
