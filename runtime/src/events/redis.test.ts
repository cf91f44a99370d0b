import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventOf, record } from '../testing/events.ts';
import { openProxy, type ServerProxy } from '../testing/proxy.ts';
import { comparePositions } from './event.ts';
import { type EventLog, ResumeGap } from './log.ts';
import { openRedisLog } from './redis.ts';

const logger = pino({ level: 'silent' });
const servers = backends.find(({ name }) => name.includes('Redis'));

describe.skipIf(!servers)('the event log in Redis', () => {
  let backend: OpenBackend;
  let prefix: string;
  let admin: Redis;
  let proxy: ServerProxy;
  /** Reaches Redis by the proxy; `other` does not. */
  let log: EventLog;
  let other: EventLog;
  const append = (name: string, ...topics: string[]): Promise<void> => other.append([eventOf(name, ...topics)]);
  const numbered = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);
  const killConnections = async (): Promise<void> => {
    for (const address of proxy.addresses()) await admin.call('CLIENT', 'KILL', 'ADDR', address);
  };
  const forget = async (): Promise<void> => {
    for await (const keys of admin.scanStream({ match: `${prefix}*`, count: 1_000 }))
      if (keys.length > 0) await admin.del(keys);
  };
  /** As a Redis that keeps nothing on disk does when it restarts. */
  const empty = async (): Promise<void> => {
    await forget();
    await killConnections();
  };
  const isBack = (): Promise<void> => vi.waitFor(() => log.ping(), { timeout: 5_000 });

  beforeEach(async () => {
    if (!servers) throw new Error('No Redis.');
    backend = await servers.open();
    const { REDIS_URL: url = '', REDIS_PREFIX = '' } = backend.settings;
    prefix = REDIS_PREFIX;
    admin = new Redis(url);
    proxy = await openProxy(url);
    log = await openRedisLog({ url: proxy.url, prefix, logger, timeout: 500, beatEvery: 100 });
    other = await openRedisLog({ url, prefix, logger });
  });
  afterEach(async () => {
    await Promise.all([log.close(), other.close()]);
    admin.disconnect();
    await proxy[Symbol.asyncDispose]();
    await backend[Symbol.asyncDispose]();
  });

  it('is not opened in another database than the one asked for', async () => {
    const { REDIS_URL: url = '' } = backend.settings;
    await expect(openRedisLog({ url: `${url}/9999`, prefix, logger })).rejects.toThrow(
      /^REDIS_URL leads to [^ ]+, which has no database 9999: /,
    );
  });

  it('is one log for all processes', async () => {
    const [here, there] = [await record(log, ['a', 'b']), await record(other, ['b', 'a'])];
    await Promise.all(
      numbered(1, 100).flatMap((name) => [
        log.append([eventOf(`${name} here`, 'a')]),
        append(`${name} there`, 'b', 'a'),
      ]),
    );
    await expect.poll(() => here.events.length).toBe(200);
    await expect.poll(() => there.events.length).toBe(200);
    expect(here.events).toEqual(there.events);
  });

  it('misses nothing when its connections are killed while others append', async () => {
    const live = await record(log, ['a', 'b']);
    const late = record(log, ['c']);
    for (const name of numbered(1, 300)) {
      await append(name, ...(Number(name) % 3 === 0 ? ['a', 'b'] : ['b']));
      if (Number(name) % 60 === 0) await killConnections();
    }
    await expect.poll(() => live.events.length, { timeout: 5_000 }).toBe(300);
    expect(live.names()).toEqual(numbered(1, 300));
    await (await late).close();
  });

  it('goes on after Redis was away, from where it was', async () => {
    const live = await record(log, ['a']);
    await append('1', 'a');
    await expect.poll(live.names).toEqual(['1']);
    proxy.cut();
    await expect(log.append([eventOf('lost', 'a')])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(log.position()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(log.ping()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(record(log, ['b'])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    for (const name of numbered(2, 50)) await append(name, 'a', 'b');
    proxy.restore();
    await expect.poll(live.names, { timeout: 5_000 }).toEqual(numbered(1, 50));
    await isBack();
    await log.append([eventOf('51', 'a')]);
    await expect.poll(live.names).toEqual(numbered(1, 51));
    // The channel that was refused above is no worse for it.
    const second = await record(log, ['b']);
    await append('52', 'b');
    await expect.poll(second.names).toEqual(['52']);
  });

  it('changes topics while Redis is away only if it can', async () => {
    const live = await record(log, ['a']);
    const start = await log.position();
    proxy.cut();
    await expect(live.setTopics(['a', 'b'], start)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await append('1', 'b');
    await append('2', 'a');
    proxy.restore();
    await expect.poll(live.names, { timeout: 5_000 }).toEqual(['2']);
    await isBack();
    await live.setTopics(['a', 'b'], start);
    await expect.poll(live.names).toEqual(['2', '1']);
  });

  it('gives up connections that died without a word', { timeout: 15_000 }, async () => {
    const live = await record(log, ['a']);
    proxy.freeze();
    await append('1', 'a');
    await expect.poll(live.names, { timeout: 5_000 }).toEqual(['1']);
    await isBack();
    await log.append([eventOf('2', 'a')]);
    await expect.poll(live.names).toEqual(['1', '2']);
  });

  it('keeps its place on quiet topics, however much goes on elsewhere', async () => {
    const onGap = vi.fn();
    const live = await record(log, ['quiet'], { onGap });
    const trimming = await openRedisLog({ url: proxy.url, prefix, logger, retention: { events: 100 } });
    const beats = vi.fn();
    const listener = admin.duplicate();
    await listener.psubscribe(`${prefix}beat:*`);
    for (let round = 0; round < 10; round++) {
      await trimming.append(numbered(1, 100).map((name) => eventOf(name, 'busy')));
    }
    const newest = await log.position();
    listener.on('pmessage', (_pattern, _channel, message) => beats(message.trim()));
    await expect.poll(() => beats.mock.calls.filter(([place]) => place === newest).length).toBeGreaterThan(1);
    await trimming.append(numbered(1, 50).map((name) => eventOf(name, 'busy')));
    await killConnections();
    await append('1', 'quiet');
    await expect.poll(live.names, { timeout: 5_000 }).toEqual(['1']);
    expect(onGap).not.toHaveBeenCalled();
    listener.disconnect();
    await trimming.close();
  });

  it('says where it was away for longer than the log reaches back, and goes on', async () => {
    const onGap = vi.fn();
    const live = await record(log, ['a'], { onGap });
    const trimming = await openRedisLog({
      url: backend.settings.REDIS_URL ?? '',
      prefix,
      logger,
      retention: { events: 100 },
    });
    proxy.cut();
    for (let round = 0; round < 10; round++) await trimming.append(numbered(1, 100).map((name) => eventOf(name, 'b')));
    proxy.restore();
    await expect.poll(() => onGap.mock.calls.length, { timeout: 5_000 }).toBe(1);
    await append('1', 'a');
    await expect.poll(live.names).toEqual(['1']);
    await trimming.close();
  });

  it('goes on with a Redis that came back empty', async () => {
    const onGap = vi.fn();
    const live = await record(log, ['a'], { onGap });
    await append('1', 'a');
    await expect.poll(live.names).toEqual(['1']);
    const place = await log.position();
    await empty();
    await expect.poll(() => onGap.mock.calls.length, { timeout: 5_000 }).toBe(1);
    await append('2', 'a');
    await expect.poll(live.names).toEqual(['1', '2']);
    const [first, second] = live.events.map(({ position }) => position);
    expect(comparePositions(first ?? '', second ?? '')).toBeLessThan(0);
    await expect(record(log, ['a'], { after: place })).rejects.toThrow(ResumeGap);
  });

  it.each([
    ['its connections broken', empty],
    ['nothing else to notice', forget],
  ])('is not stuck where the clock of the new Redis is behind, with %s', async (_, lose) => {
    const inAnHour = `${Date.now() + 3_600_000}-0`;
    await admin.xadd(`${prefix}events`, inAnHour, 'b', '1');
    const live = await record(log, ['a']);
    await append('1', 'a');
    await expect.poll(live.names).toEqual(['1']);
    await lose();
    await isBack();
    await append('2', 'a');
    await expect.poll(live.names, { timeout: 5_000 }).toEqual(['1', '2']);
    const fresh = await record(log, ['a']);
    await append('3', 'a');
    await expect.poll(fresh.names).toEqual(['3']);
  });

  it('delivers an event once that was appended again after Redis forgot it', async () => {
    const live = await record(log, ['a']);
    const event = eventOf('1', 'a');
    await other.append([event]);
    await expect.poll(live.names).toEqual(['1']);
    await empty();
    await isBack();
    await other.append([event, eventOf('2', 'a')]);
    await expect.poll(live.names, { timeout: 5_000 }).toEqual(['1', '2']);
  });

  it('listens to a channel as long as somebody does', async () => {
    const channel = `${prefix}topic:a`;
    const listening = async (): Promise<unknown> => (await admin.pubsub('NUMSUB', channel))[1];
    const subscriptions = await Promise.all([record(log, ['a']), record(log, ['a']), record(log, ['a', 'b'])]);
    expect(await listening()).toBe(1);
    await subscriptions[0].close();
    await subscriptions[1].close();
    expect(await listening()).toBe(1);
    await subscriptions[2].setTopics(['b']);
    await expect.poll(listening).toBe(0);
    const again = await record(log, ['a']);
    await killConnections();
    await isBack();
    await expect.poll(listening).toBe(1);
    await again.close();
    await expect.poll(listening).toBe(0);
  });

  it('keeps to its prefix, and wants one', async () => {
    const neighbour = await openRedisLog({ url: proxy.url, prefix: `${prefix}x:`, logger });
    const { names } = await record(neighbour, ['a']);
    await append('1', 'a');
    await neighbour.append([eventOf('2', 'a')]);
    await expect.poll(names).toEqual(['2']);
    await neighbour.close();
    await expect(openRedisLog({ url: proxy.url, prefix: '', logger })).rejects.toThrow('prefix');
  });

  it('serves very many who come back at once', async () => {
    const start = await log.position();
    const batch = numbered(1, 2_000).map((name) => eventOf(name, `topic ${Number(name) % 100}`));
    await other.append(batch);
    const records = await Promise.all(
      numbered(0, 299).map((name) => record(log, [`topic ${Number(name) % 100}`], { after: start })),
    );
    for (const [index, { names }] of records.entries())
      expect(names()).toEqual(numbered(1, 2_000).filter((name) => Number(name) % 100 === index % 100));
  });
});

describe('a Redis that lets nobody in', () => {
  it.each(['NOAUTH Authentication required.', 'WRONGPASS invalid username-password pair.'])('%s', async (refusal) => {
    const server = createServer((socket) => socket.on('data', () => socket.write(`-${refusal}\r\n`)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const opening = openRedisLog({ url: `redis://:hidden@127.0.0.1:${port}`, prefix: 'any:', logger });
    await expect(opening).rejects.toThrow(`REDIS_URL leads to 127.0.0.1:${port}, which does not let us in: ${refusal}`);
    server.close();
    await once(server, 'close');
  });
});
