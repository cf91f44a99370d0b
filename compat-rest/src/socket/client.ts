import type { IncomingMessage } from 'node:http';
import type { Client } from '@kopru/runtime/subgraph/client.ts';

/** Where a connection comes from; behind a trusted proxy, the first address that `X-Forwarded-For` names. */
export function clientOf({ headers, socket }: IncomingMessage, trustProxy: boolean): Client {
  const forwarded = trustProxy
    ? String(headers['x-forwarded-for'] ?? '')
        .split(',', 1)[0]
        ?.trim()
    : '';
  return { address: forwarded || (socket.remoteAddress ?? ''), userAgent: headers['user-agent'] ?? '' };
}
