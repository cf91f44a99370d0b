import type { IncomingHttpHeaders } from 'node:http';
import type { ProxyTrust } from '@kopru/runtime/client.ts';

/** The cookie by which a browser names its agent's session. */
const name = 'kopru_agent';

/** What the cookie of a request holds; undefined where there is none. */
export function agentCookie({ cookie = '' }: IncomingHttpHeaders): string | undefined {
  for (const pair of cookie.split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return undefined;
}

/** The header that sets it; an empty value takes it away. Gone with the browser: the session has an end of its own. */
export function setAgentCookie(value: string, secure: boolean): Readonly<Record<string, string>> {
  const attributes = [
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
    ...(value ? [] : ['Max-Age=0']),
  ];
  return { 'set-cookie': [`${name}=${value}`, ...attributes].join('; '), 'cache-control': 'no-store' };
}

/** Whether the browser speaks TLS, by the word of a proxy that is trusted. */
export const isSecure = (headers: IncomingHttpHeaders, trust: ProxyTrust): boolean =>
  trust !== false && lastOf(headers['x-forwarded-proto']) === 'https';

/**
 * Whether one of our own pages made the request, or none at all: a cookie goes along with what other sites' pages ask for, too.
 * Browsers say where a request comes from in `Sec-Fetch-Site`, older ones and those without TLS in `Origin`; no page can write either.
 */
export function isOwnPage(headers: IncomingHttpHeaders, trust: ProxyTrust): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = headers;
  if (origin === undefined) return true;
  const asked = (trust !== false && lastOf(headers['x-forwarded-host'])) || host;
  return URL.canParse(origin) && new URL(origin).host === asked;
}

/** The value that the nearest proxy wrote. */
const lastOf = (header: string | string[] | undefined): string | undefined =>
  String(header ?? '')
    .split(',')
    .at(-1)
    ?.trim()
    .toLowerCase();
