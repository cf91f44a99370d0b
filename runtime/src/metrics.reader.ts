import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isNearby } from './client.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Who may read metrics: whoever shows the token; where there is none, those on this machine and in private networks, unless
 * a proxy passes the request on, for it may come from anywhere.
 */
export function metricsReader(token: string | undefined): (request: IncomingMessage) => boolean {
  if (token === undefined)
    return ({ headers, socket }) =>
      isNearby((socket.remoteAddress ?? '').replace(/^::ffff:/, '')) &&
      headers['x-forwarded-for'] === undefined &&
      headers.forwarded === undefined;
  const expected = digest(`Bearer ${token}`);
  return ({ headers }) => timingSafeEqual(digest(headers.authorization ?? ''), expected);
}
