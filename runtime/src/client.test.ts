import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { clientReader, isNearby, isNetwork, networkOf, type ProxyTrust } from './client.ts';

const from = (trust: ProxyTrust, remoteAddress: string | undefined, forwarded?: string) =>
  clientReader(trust)({
    headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) },
    socket: { remoteAddress },
  } as unknown as IncomingMessage).address;

describe('the address of a client', () => {
  test.each<[string, ProxyTrust, string, string | undefined, string]>([
    ['is that of the connection', false, '203.0.113.7', undefined, '203.0.113.7'],
    ['is not what it says of itself', false, '127.0.0.1', '198.51.100.1', '127.0.0.1'],
    ['is not what it says of itself where it needs no proxy', true, '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['is what a proxy nearby says', true, '127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['is what the first of several proxies says', true, '::1', '203.0.113.7, 10.0.0.1, 172.16.3.4', '203.0.113.7'],
    ['is not what it told the proxy before', true, '127.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['is not nearby because it says so', true, '127.0.0.1', '10.0.0.9, 203.0.113.7, 10.0.0.1', '203.0.113.7'],
    ['is nearby where all are', true, '127.0.0.1', '192.168.1.5', '192.168.1.5'],
    ['is what a proxy on the list says', ['203.0.113.0/24', '::1'], '203.0.113.9', '198.51.100.1', '198.51.100.1'],
    ['is not what one off the list says', ['203.0.113.0/24'], '127.0.0.1', '198.51.100.1', '127.0.0.1'],
    ['is that of the proxy where it says nothing', true, '127.0.0.1', undefined, '127.0.0.1'],
    ['is that of the proxy where it says nothing readable', true, '127.0.0.1', '<script>', '127.0.0.1'],
    ['is that of the last that can be read', true, '127.0.0.1', '203.0.113.7, unknown, 10.0.0.1', '10.0.0.1'],
    ['has no port', true, '127.0.0.1', '203.0.113.7:4711', '203.0.113.7'],
    ['has no brackets', true, '127.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['has no zone', true, 'fe80::1%eth0', '203.0.113.7', '203.0.113.7'],
    ['is the same in both families', false, '::ffff:203.0.113.7', undefined, '203.0.113.7'],
  ])('%s', (_what, trust, remote, forwarded, address) => {
    expect(from(trust, remote, forwarded)).toBe(address);
  });

  test('is empty for a connection that is gone', () => {
    expect(from(false, undefined)).toBe('');
    expect(from(true, undefined, '203.0.113.7')).toBe('');
  });

  test('takes no time to find, whatever is said', () => {
    expect(from(true, '127.0.0.1', '10.0.0.1,'.repeat(100_000))).toBe('127.0.0.1');
  });
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8::5', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['1::', '1:0:0:0::/64'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['', ''],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['fd00::1', true],
  ['', true],
  ['203.0.113.7', false],
  ['172.32.0.1', false],
  ['2001:db8::1', false],
])('%s is nearby: %s', (address, is) => {
  expect(isNearby(address)).toBe(is);
});

test('the name of a program has an end', () => {
  const read = clientReader(false);
  const request = { headers: { 'user-agent': 'Version/ '.repeat(10_000) }, socket: {} } as unknown as IncomingMessage;
  expect(read(request).userAgent).toHaveLength(300);
});

test.each<[string, boolean]>([
  ['203.0.113.7', true],
  ['203.0.113.0/24', true],
  ['2001:db8::/32', true],
  ['203.0.113.0/33', false],
  ['2001:db8::/129', false],
  ['203.0.113.0/', false],
  ['203.0.113.0/24/8', false],
  ['proxy.example', false],
  ['', false],
])('%j is a network: %j', (text, is) => {
  expect(isNetwork(text)).toBe(is);
});
