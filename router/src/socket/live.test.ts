import { newId } from '@kopru/runtime/ids.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTestRouter, type TestRouter } from '../server.fixture.ts';
import { RawClient } from './socket.fixture.ts';

let router: TestRouter;
beforeEach(async () => {
  router = await openTestRouter();
});
afterEach(() => router[Symbol.asyncDispose]());

const connect = (init: Record<string, unknown> = {}): Promise<RawClient> => RawClient.open(router.socketUrl, init);
const open = (count: number): Promise<void> => expect.poll(() => router.graph.open.length).toBe(count);
const gauge = async (name: string): Promise<number | undefined> => {
  const metric = await router.ground.metrics.getSingleMetric(`kopru_graphql_${name}`)?.get();
  return metric?.values[0]?.value;
};

describe('a subscription', () => {
  test('brings what happens under its own id until the client completes it', async () => {
    await using client = await connect();
    client.subscribe('a', 'subscription { tick }');
    client.subscribe('ü"\\', 'subscription { tick(room: "other") }');
    await open(2);
    router.graph.tick('one');
    router.graph.tick('two');
    await client.has('next', { count: 4 });
    expect(client.messages.slice(1)).toEqual([
      { id: 'a', type: 'next', payload: { data: { tick: 'one' } } },
      { id: 'ü"\\', type: 'next', payload: { data: { tick: 'one' } } },
      { id: 'a', type: 'next', payload: { data: { tick: 'two' } } },
      { id: 'ü"\\', type: 'next', payload: { data: { tick: 'two' } } },
    ]);
    expect(await gauge('subscriptions')).toBe(2);

    client.send({ id: 'a', type: 'complete' });
    await open(1);
    router.graph.tick('three');
    await client.has('next', { id: 'ü"\\', count: 3 });
    expect(client.of('next', 'a')).toHaveLength(2);
    expect(client.of('complete')).toEqual([]);
    expect(await gauge('deliveries_total')).toBe(5);
  });

  test.each([0, 1, 80, 125, 126, 65_400, 65_535, 65_536, 300_000])(
    'brings %i characters whole, in one write with others',
    async (length) => {
      await using client = await connect();
      client.subscribe('a', 'subscription { tick }');
      await open(1);
      const texts = ['before', 'x'.repeat(length), 'köprü 🌉\u2028', 'ü'.repeat(length), 'after'];
      for (const text of texts) router.graph.tick(text);
      const next = await client.has('next', { count: texts.length });
      expect(next.map(({ payload }) => payload.data.tick)).toEqual(texts);
    },
  );

  test('keeps its order with answers of queries on the same socket', async () => {
    await using client = await connect();
    client.subscribe('a', 'subscription { tick }');
    await open(1);
    router.graph.tick('one');
    client.subscribe('b', '{ ping }');
    await client.has('complete', { id: 'b' });
    router.graph.tick('two');
    await client.has('next', { id: 'a', count: 2 });
    expect(client.messages.map(({ id, type }) => `${type} ${id}`).slice(1)).toEqual([
      'next a',
      'next b',
      'complete b',
      'next a',
    ]);
  });

  test('can use an id again that was completed just before', async () => {
    await using client = await connect();
    client.subscribe('a', 'subscription { tick }');
    await open(1);
    client.send({ id: 'a', type: 'complete' });
    client.subscribe('a', 'subscription { tick(room: "second") }');
    await expect.poll(() => router.graph.subscriptions.length).toBe(2);
    await open(1);
    router.graph.tick('one');
    await client.has('next');
    expect(client.messages.slice(1)).toEqual([{ id: 'a', type: 'next', payload: { data: { tick: 'one' } } }]);
  });

  test('completed before it was granted is closed and says nothing', async () => {
    const gate = Promise.withResolvers<void>();
    router.graph.gate = gate.promise;
    await using client = await connect();
    client.subscribe('a', 'subscription { tick }');
    client.send({ id: 'a', type: 'complete' });
    client.send({ type: 'ping' });
    await client.has('pong');
    gate.resolve();
    await expect.poll(() => router.graph.subscriptions.length).toBe(1);
    await open(0);
    expect(client.messages.map(({ type }) => type)).toEqual(['connection_ack', 'pong']);
    expect(await gauge('subscriptions')).toBe(0);
  });

  test.each([
    ['forbidden', { message: 'Not yours.', extensions: { code: 'FORBIDDEN', resource: 'Channel' } }],
    [
      'broken',
      { message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL', requestId: expect.any(String) } },
    ],
  ])('that is %s ends with an error and nothing after it', async (room, error) => {
    await using client = await connect();
    client.subscribe('a', 'subscription ($room: String) { tick(room: $room) }', { room });
    await client.has('error');
    client.subscribe('b', '{ ping }');
    await client.has('complete', { id: 'b' });
    expect(client.messages.filter(({ id }) => id === 'a')).toEqual([{ id: 'a', type: 'error', payload: [error] }]);
    expect(await gauge('subscriptions')).toBe(0);
  });

  test('that its source ends comes after what it was still sent', async () => {
    await using client = await connect();
    client.subscribe('a', 'subscription { tick }');
    await open(1);
    router.graph.tick('last');
    await router.graph.close();
    await client.has('error');
    expect(client.messages.slice(1)).toEqual([
      { id: 'a', type: 'next', payload: { data: { tick: 'last' } } },
      { id: 'a', type: 'error', payload: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }] },
    ]);
    await open(0);
  });
});

describe('a socket', () => {
  test('takes its subscriptions along when it closes', async () => {
    await using client = await connect();
    client.subscribe('a', 'subscription { tick }');
    client.subscribe('b', 'subscription { tick }');
    await open(2);
    expect(await gauge('sockets')).toBe(1);
    client.socket.close();
    await open(0);
    await expect.poll(() => gauge('sockets')).toBe(0);
  });

  test('closes when its session is revoked, and no other', async () => {
    const sessionId = newId();
    await using client = await connect({ token: await router.token('ayşe', 600, sessionId) });
    await using other = await connect({ token: await router.token('ayşe') });
    client.subscribe('a', 'subscription { tick }');
    other.subscribe('a', 'subscription { tick }');
    await open(2);
    const revokedAt = new Date().toISOString();
    const payload = { sessionId, userId: 'ayşe', reason: 'REVOKED', revokedAt };
    await router.ground.log.append([
      { id: newId(), type: 'session.revoked', topics: ['sessions'], payload, at: revokedAt },
    ]);
    expect(await client.closed).toEqual({ code: 4403, reason: 'UNAUTHENTICATED: This session has ended.' });
    await open(1);
    router.graph.tick('one');
    await other.has('next');
  });

  test('closes when its token runs out, unless a fresh one came', async () => {
    const token = await router.token('ayşe', 2);
    await using client = await connect({ token });
    await using renewed = await connect({ token });
    const fresh = await router.token('ayşe');
    renewed.send({ type: 'ping', payload: { token: fresh } });
    await renewed.has('pong');
    expect(await client.closed).toEqual({ code: 4403, reason: 'TOKEN_EXPIRED: The access token has expired.' });
    renewed.subscribe('a', '{ token }');
    const [next] = await renewed.has('next');
    expect(next?.payload).toEqual({ data: { token: fresh } });
  });

  test('gives what runs on it the token that was renewed', async () => {
    await using client = await connect({ token: await router.token('ayşe') });
    client.subscribe('a', 'subscription { tick }');
    await open(1);
    const fresh = await router.token('ayşe', 700);
    client.send({ type: 'ping', payload: { token: fresh } });
    await client.has('pong');
    expect(router.graph.open[0]?.request.caller.token).toBe(fresh);
  });

  test('whose client does not keep up is closed; others get everything', async () => {
    await using slow = await connect();
    await using quick = await connect();
    for (const client of [slow, quick]) client.subscribe('a', 'subscription { tick }');
    await open(2);
    slow.socket.pause();
    const text = 'x'.repeat(256 * 1024);
    let sent = 0;
    while (router.graph.open.length === 2) {
      router.graph.tick(text);
      sent++;
      await quick.has('next', { count: sent });
    }
    router.graph.tick('last');
    const next = await quick.has('next', { count: sent + 1 });
    expect(next.at(-1)?.payload.data.tick).toBe('last');
    expect(await gauge('slow_clients_total')).toBe(1);
    slow.socket.resume();
    const { code, reason } = await slow.closed;
    expect(code).toBe(4408);
    const behind = Number(/^slow client: (\d+) frames behind$/.exec(reason)?.[1]);
    expect(behind).toBeGreaterThan(0);
    // All that was sent before it was cut off is whole, too.
    expect(slow.of('next').length).toBeGreaterThanOrEqual(behind);
  });

  test('whose client asks and does not read is closed', async () => {
    await using client = await connect();
    client.socket.pause();
    for (let asked = 0; asked < 80; asked++) client.subscribe(`q${asked}`, '{ large }');
    await expect.poll(() => gauge('slow_clients_total')).toBe(1);
  });

  test('closes when the service stops, after what runs is answered', async () => {
    await using client = await connect();
    client.subscribe('live', 'subscription { tick }');
    await open(1);
    const gate = Promise.withResolvers<void>();
    router.graph.gate = gate.promise;
    client.subscribe('a', '{ slow }');
    await expect.poll(() => router.graph.asked).toBe(1);
    const closed = router.close();
    client.subscribe('b', '{ ping }');
    const [refused] = await client.has('error', { id: 'b' });
    expect(refused?.payload[0].extensions.code).toBe('UNAVAILABLE');
    gate.resolve();
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect(client.of('next', 'a')).toEqual([{ id: 'a', type: 'next', payload: { data: { slow: 'done' } } }]);
    await closed;
    expect(router.graph.open).toEqual([]);
  });
});

test('a peer that no longer answers is cut off', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  await using own = await openTestRouter();
  await using dead = await RawClient.open(own.socketUrl, {}, { autoPong: false });
  await using alive = await RawClient.open(own.socketUrl, {});
  const pinged = new Promise((resolve) => alive.socket.once('ping', resolve));
  vi.advanceTimersByTime(12_000);
  await pinged;
  // What comes back on the same socket after the pong has come back after it.
  alive.send({ type: 'ping' });
  await alive.has('pong');
  vi.advanceTimersByTime(12_000);
  vi.useRealTimers();
  expect((await dead.closed).code).toBe(1006);
  alive.send({ type: 'ping' });
  await alive.has('pong', { count: 2 });
});
