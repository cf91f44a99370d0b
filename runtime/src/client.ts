import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { Client } from './subgraph/client.ts';

/** Whose `X-Forwarded-For` is believed: nobody's; that of proxies on this machine and in private networks; or of those listed. */
export type ProxyTrust = boolean | readonly string[];

const nearby = [
  '127.0.0.0/8',
  '::1',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
];
const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** No client needs to say more of itself. */
const longestAgent = 300;

/** Whether `text` is an address, or a network such as `203.0.113.0/24`. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128));
}

/**
 * Says where a request comes from. Each proxy adds to the header who called it, so the header is read from its end, for as long
 * as proxies are trusted; what stands before that, the client may have written itself.
 */
export function clientReader(trust: ProxyTrust): (request: IncomingMessage) => Client {
  const proxies = networks(trust === true ? nearby : trust || []);
  return ({ headers, socket }) => ({
    address: trust === false ? peer(socket.remoteAddress) : farthest(socket.remoteAddress, headers, proxies),
    userAgent: (headers['user-agent'] ?? '').slice(0, longestAgent),
  });
}

const isOfNearby = networks(nearby);

/** Whether an address is of this machine or a private network: a proxy's that is not trusted, or the operator's own. */
export const isNearby = (address: string): boolean =>
  isIP(address) === 0 || isOfNearby.check(address, familyOf(address));

/** What one client may choose its address from, for counting: an IPv6 address stands for the 64 bits that are its network's. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [before = [], after] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const missing = after ? 8 - before.length - after.length - (address.includes('.') ? 1 : 0) : 0;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...(after ?? [])].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

function farthest(remote: string | undefined, headers: IncomingMessage['headers'], proxies: BlockList): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .reverse();
  let address = peer(remote);
  for (const hop of forwarded) {
    if (!address || !proxies.check(address, familyOf(address))) break;
    const before = peer(hop);
    if (!before) break;
    address = before;
  }
  return address;
}

/** An address without its port, zone or the form that IPv4 takes in IPv6; empty for what is none. */
function peer(text = ''): string {
  const address = text
    .trim()
    .replace(/^\[(.+)\](:\d+)?$/, '$1')
    .replace(/^(\d+(\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) === 0 ? '' : address;
}

function networks(list: readonly string[]): BlockList {
  const networks = new BlockList();
  for (const network of list) {
    const [address = '', bits] = network.split('/');
    if (bits === undefined) networks.addAddress(address, familyOf(address));
    else networks.addSubnet(address, Number(bits), familyOf(address));
  }
  return networks;
}
