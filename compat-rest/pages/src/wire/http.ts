import { Failure } from './failure.ts';

/** Calls a route of this origin. @throws {Failure} where there is no session, or no server */
export async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch((): never => {
    throw new Failure('away');
  });
  if (response.status === 401) throw new Failure('unauthorized');
  if (response.status >= 502) throw new Failure('away');
  return response;
}

/** What a response says to wait, in milliseconds; a minute where it says nothing. */
export function retryAfter(header: string | null): number {
  const seconds = Number(header);
  return seconds > 0 ? seconds * 1_000 : 60_000;
}
