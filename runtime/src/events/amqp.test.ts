import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Broker, brokers, handled } from '../testing/broker.ts';
import { eventOf, record } from '../testing/events.ts';
import type { OutsideEvent } from './event.ts';

describe.each(brokers)('$name', { timeout: 60_000 }, ({ open }) => {
  let broker: Broker;

  /** What a plain client of Redis hears on the channel of services outside. */
  const announcements = async (): Promise<OutsideEvent[]> => {
    const redis = new Redis(broker.settings.REDIS_URL ?? '');
    onTestFinished(() => redis.disconnect());
    const heard: OutsideEvent[] = [];
    redis.on('message', (_, message) => heard.push(JSON.parse(message)));
    await redis.subscribe(broker.settings.GATEWAY_EVENTS_CHANNEL ?? '');
    return heard;
  };

  beforeEach(async () => {
    broker = await Broker.open(open);
  });
  afterEach(async () => {
    await broker[Symbol.asyncDispose]();
  });

  it('brings events to the log of every process, in order', async () => {
    const [one, other] = [await broker.flow(), await broker.flow()];
    const [here, there] = [await record(one.log, ['a']), await record(other.log, ['a', 'b'])];
    const events = Array.from({ length: 1_200 }, (_, index) =>
      eventOf(`${index}`, ...(index % 2 ? ['a', 'b'] : ['a'])),
    );
    for (let start = 0; start < events.length; start += 400)
      await one.destination.append(events.slice(start, start + 400));
    await expect.poll(() => [here, there].map(({ events }) => events.length)).toEqual([1_200, 1_200]);
    expect(here.names()).toEqual(events.map(({ payload }) => payload.name));
    expect(here.events).toEqual(there.events);
    const [{ position, ...first } = { position: '' }] = here.events;
    expect(first).toEqual(events[0]);
    expect(position).not.toBe('');
  });

  it('lets services outside hear events as they know them', async () => {
    const { destination } = await broker.flow();
    const messages = await broker.listen('test.*');
    const event = eventOf('1', 'a');
    await destination.append([{ ...eventOf('hidden', 'a'), type: 'session.revoked' }, event]);
    await expect.poll(() => messages.length).toBe(1);
    const [message] = messages;
    expect(message?.fields).toMatchObject({ exchange: broker.exchange, routingKey: 'test.create' });
    expect(JSON.parse(String(message?.content))).toEqual({ name: '1' });
    expect(message?.properties).toMatchObject({
      deliveryMode: 2,
      messageId: event.id,
      type: 'tested',
      contentType: 'application/json',
    });
  });

  it('hears services outside, and tells all others of what they say', async () => {
    const { log } = await broker.flow();
    const heard = await record(log, ['at home']);
    const announced = await announcements();
    const stranger = await broker.channel();
    const data = { at: 'home', text: 'ığüşöç 🦜' };
    stranger.publish(broker.exchange, 'test.update', Buffer.from(JSON.stringify(data)));
    await expect.poll(() => heard.events.length).toBe(1);
    expect(heard.events[0]).toMatchObject({ type: 'foreign', payload: { event: 'test.update', data } });
    await expect.poll(() => announced).toEqual([{ event: 'test.update', data }]);
  });

  it('tells services outside of an event once, however often it is brought', async () => {
    const { log, destination } = await broker.flow();
    const heard = await record(log, ['a', 'at home']);
    const announced = await announcements();
    const event = eventOf('1', 'a');
    await destination.append([event, { ...eventOf('2', 'a'), type: 'unknown outside' }]);
    await destination.append([event, eventOf('3', 'a')]);
    await log.append([event]);
    const stranger = await broker.channel();
    for (const text of ['same', 'same', 'other'])
      stranger.publish(broker.exchange, 'test.update', Buffer.from(`{"at":"home","text":"${text}"}`), {
        messageId: text,
      });
    await expect.poll(() => announced.map(({ data }) => data.name ?? data.text)).toEqual(['1', '3', 'same', 'other']);
    await expect.poll(() => heard.events.length).toBe(5);
  });

  it('puts aside what cannot be read, and goes on', async () => {
    const flow = await broker.flow();
    const heard = await record(flow.log, ['at home']);
    const stranger = await broker.channel();
    const say = (content: string, headers = {}) =>
      stranger.publish(broker.exchange, 'test.update', Buffer.from(content), { headers });
    say('not JSON');
    say('{"at":"home","text":"1"}');
    say('[]');
    say('{}', { 'x-kopru-event': '{}' });
    // Its topic would have two lines, which the log refuses.
    say('{"at":"home\\nand away"}');
    say('{"at":"home","text":"2"}');
    say('also not JSON');
    await expect
      .poll(() => heard.events.map(({ payload }) => (payload.data as { text: string }).text))
      .toEqual(['1', '2']);
    const dead: string[] = [];
    await stranger.consume(`${broker.queue}.dead`, (message) => void dead.push(String(message?.content)), {
      noAck: true,
    });
    const unreadable = ['not JSON', '[]', '{}', '{"at":"home\\nand away"}', 'also not JSON'];
    await expect.poll(() => dead.toSorted()).toEqual(unreadable.toSorted());
    await expect.poll(async () => (await stranger.checkQueue(broker.queue)).messageCount).toBe(0);
    expect([await handled(flow, 'appended'), await handled(flow, 'dead-lettered')]).toEqual([2, 5]);
  });

  it('works over a log in memory too', async () => {
    const { log, destination } = await broker.flow({ REDIS_URL: undefined });
    const { names } = await record(log, ['a']);
    await destination.append([eventOf('1', 'a'), eventOf('2', 'a')]);
    await expect.poll(names).toEqual(['1', '2']);
  });

  it('shares its exchange with who made it before, if it is the same', async () => {
    const stranger = await broker.channel();
    await stranger.assertExchange(broker.exchange, 'topic', { durable: true });
    const { log, destination } = await broker.flow();
    const { names } = await record(log, ['a']);
    await destination.append([eventOf('1', 'a')]);
    await expect.poll(names).toEqual(['1']);
  });

  it('waits where the exchange is of another kind, until somebody removes it', async () => {
    const stranger = await broker.channel();
    await stranger.assertExchange(broker.exchange, 'fanout', { durable: false });
    const { log, destination } = await broker.flow();
    const { names } = await record(log, ['a']);
    await expect(destination.append([eventOf('1', 'a')])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await stranger.deleteExchange(broker.exchange);
    await expect
      .poll(() =>
        destination.append([eventOf('2', 'a')]).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await expect.poll(names).toEqual(['2']);
  });

  it('takes nothing any more once it is closed', async () => {
    const { close, destination } = await broker.flow();
    await close();
    await expect(destination.append([eventOf('1', 'a')])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
