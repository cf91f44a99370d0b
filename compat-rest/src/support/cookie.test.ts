import { describe, expect, test } from 'vitest';
import { agentCookie, isOwnPage, isSecure, setAgentCookie } from './cookie.ts';

test.each([
  ['kopru_agent=a.b.c', 'a.b.c'],
  ['theme=dark; kopru_agent=a.b.c; lang=tr', 'a.b.c'],
  ['kopru_agent=', undefined],
  ['not_kopru_agent=a', undefined],
  [undefined, undefined],
])('of %s the cookie is %s', (cookie, value) => {
  expect(agentCookie(cookie === undefined ? {} : { cookie })).toBe(value);
});

test('scripts never see it, and other sites send it with links alone', () => {
  expect(setAgentCookie('a.b.c', false)).toEqual({
    'set-cookie': 'kopru_agent=a.b.c; Path=/; HttpOnly; SameSite=Lax',
    'cache-control': 'no-store',
  });
  expect(setAgentCookie('a.b.c', true)['set-cookie']).toBe('kopru_agent=a.b.c; Path=/; HttpOnly; SameSite=Lax; Secure');
  expect(setAgentCookie('', true)['set-cookie']).toBe(
    'kopru_agent=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
  );
});

test('only a proxy that is trusted says whether the browser speaks TLS', () => {
  const headers = { 'x-forwarded-proto': 'https' };
  expect([isSecure(headers, false), isSecure(headers, true), isSecure({}, true)]).toEqual([false, true, false]);
  expect(isSecure({ 'x-forwarded-proto': 'https, http' }, true)).toBe(false);
});

describe('a page is our own', () => {
  const host = 'chat.example';
  test.each([
    ['no page at all', { host }, true],
    ['same-origin', { host, 'sec-fetch-site': 'same-origin' }, true],
    ['typed by somebody', { host, 'sec-fetch-site': 'none' }, true],
    ['a sibling', { host, 'sec-fetch-site': 'same-site', origin: 'https://chat.example' }, false],
    ['another site', { host, 'sec-fetch-site': 'cross-site' }, false],
    ['our origin', { host, origin: 'https://chat.example' }, true],
    ['another origin', { host, origin: 'https://evil.example' }, false],
    ['another port', { host, origin: 'https://chat.example:8443' }, false],
    ['a sandbox', { host, origin: 'null' }, false],
  ])('%s', (_who, headers, own) => {
    expect(isOwnPage(headers, false)).toBe(own);
  });

  test('by the name that a trusted proxy was asked for', () => {
    const headers = { host: 'compat:8000', origin: 'https://chat.example', 'x-forwarded-host': 'chat.example' };
    expect([isOwnPage(headers, true), isOwnPage(headers, false)]).toEqual([true, false]);
  });
});
