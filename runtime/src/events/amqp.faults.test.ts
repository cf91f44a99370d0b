import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Broker, brokers, handled } from '../testing/broker.ts';
import { eventOf, record } from '../testing/events.ts';
import { eventually } from '../testing/eventually.ts';
import type { NewEvent } from './event.ts';
import type { Destination } from './log.ts';

const unavailable = { code: 'UNAVAILABLE' };
const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);

describe.each(brokers)('$name, when connections break', { timeout: 60_000 }, ({ open }) => {
  let broker: Broker;

  /** As the outbox does it: again and again, until it is taken. */
  const insist = (destination: Destination, events: readonly NewEvent[]): Promise<void> =>
    eventually(() => destination.append(events));

  beforeEach(async () => {
    broker = await Broker.open(open);
  });
  afterEach(async () => {
    await broker[Symbol.asyncDispose]();
  });

  it('refuses at once while RabbitMQ is away, and goes on when it is back', async () => {
    const way = await broker.proxy('AMQP_URL');
    const { log, destination } = await broker.flow({ AMQP_URL: way.url });
    const { names } = await record(log, ['a']);
    await destination.append([eventOf('1', 'a')]);
    way.cut();
    await expect
      .poll(() =>
        destination
          .append([])
          .then(() => destination.append([eventOf('no', 'b')]))
          .catch(String),
      )
      .toContain('RabbitMQ');
    await expect(destination.append([eventOf('never', 'b')])).rejects.toMatchObject(unavailable);
    way.restore();
    await insist(destination, [eventOf('2', 'a')]);
    await expect.poll(names).toEqual(['1', '2']);
  });

  it('starts without RabbitMQ', async () => {
    const way = await broker.proxy('AMQP_URL');
    way.cut();
    const { log, destination } = await broker.flow({ AMQP_URL: way.url });
    const { names } = await record(log, ['a']);
    await expect(destination.append([eventOf('never', 'a')])).rejects.toMatchObject(unavailable);
    way.restore();
    await insist(destination, [eventOf('1', 'a')]);
    await expect.poll(names).toEqual(['1']);
  });

  it('loses nothing and repeats nothing where it is cut off in the middle of batches', {
    timeout: 60_000,
  }, async () => {
    const way = await broker.proxy('AMQP_URL');
    const { log, destination } = await broker.flow({ AMQP_URL: way.url });
    const heard = await record(log, ['a']);
    const published = await broker.listen('test.create');
    for (let batch = 0; batch < 8; batch++) {
      const events = numbered(batch * 100 + 1, batch * 100 + 100).map((name) => eventOf(name, 'a'));
      // A batch has some 33,000 bytes.
      way.cutAfter(3_500 * (batch + 1));
      await expect(destination.append(events)).rejects.toMatchObject(unavailable);
      way.restore();
      await insist(destination, events);
    }
    await expect.poll(() => heard.events.length).toBeGreaterThanOrEqual(800);
    expect(heard.names()).toEqual(numbered(1, 800));
    // Parts of batches had arrived before the cut, and came again.
    await expect.poll(() => published.length).toBeGreaterThan(800);
  });

  it('goes on with another bridge where one is cut off', async () => {
    const way = await broker.proxy('AMQP_URL');
    const [first, second] = [await broker.flow({ AMQP_URL: way.url }), await broker.flow()];
    const { events, names } = await record(second.log, ['a']);
    for (const name of numbered(1, 600)) {
      await second.destination.append([eventOf(name, 'a')]);
      if (name === '300') way.cut();
    }
    await expect.poll(() => events.length).toBeGreaterThanOrEqual(600);
    expect(names()).toEqual(numbered(1, 600));
    expect(await handled(first, 'appended')).toBeGreaterThan(0);
    expect(await handled(second, 'appended')).toBeGreaterThan(0);
  });

  it('goes on with another bridge where one falls silent', async () => {
    const way = await broker.proxy('AMQP_URL');
    const first = await broker.flow({ AMQP_URL: way.url }, { heartbeat: 1, timeout: 500 });
    const second = await broker.flow();
    const { names } = await record(second.log, ['a']);
    await second.destination.append([eventOf('1', 'a')]);
    await expect.poll(names).toEqual(['1']);
    expect(await handled(first, 'appended')).toBe(1);
    way.freeze();
    await expect(first.destination.append([eventOf('never', 'b')])).rejects.toMatchObject(unavailable);
    for (const name of numbered(2, 20)) await second.destination.append([eventOf(name, 'a')]);
    await expect.poll(names, { timeout: 20_000 }).toEqual(numbered(1, 20));
    // The one that hung is back, over new connections.
    await insist(first.destination, [eventOf('21', 'a')]);
    await expect.poll(names).toEqual(numbered(1, 21));
  });

  it('keeps messages in RabbitMQ while the log is away', async () => {
    const way = await broker.proxy('REDIS_URL');
    const { destination } = await broker.flow({ REDIS_URL: way.url });
    const watching = await broker.flow({ AMQP_URL: undefined });
    const { names } = await record(watching.log, ['a']);
    await destination.append([eventOf('1', 'a')]);
    await expect.poll(names).toEqual(['1']);
    way.cut();
    for (const name of numbered(2, 40)) await destination.append([eventOf(name, 'a')]);
    // The bridge has given back what it could not append.
    const stranger = await broker.channel();
    await expect.poll(async () => (await stranger.checkQueue(broker.queue)).messageCount).toBe(39);
    expect(names()).toEqual(['1']);
    way.restore();
    await expect.poll(names).toEqual(numbered(1, 40));
  });

  it('leaves the work to a bridge that reaches the log', async () => {
    const way = await broker.proxy('REDIS_URL');
    const [first, second] = [await broker.flow({ REDIS_URL: way.url }), await broker.flow()];
    const { names } = await record(second.log, ['a']);
    for (const name of numbered(1, 400)) {
      await second.destination.append([eventOf(name, 'a')]);
      if (name === '200') way.cut();
    }
    await expect.poll(names).toEqual(numbered(1, 400));
    expect(await handled(first, 'appended')).toBeGreaterThan(0);
  });

  it('makes anew what somebody removed, and says nothing was taken where no queue took it', async () => {
    const { log, destination } = await broker.flow();
    const { names } = await record(log, ['a']);
    const stranger = await broker.channel();
    await stranger.unbindQueue(broker.queue, broker.exchange, '#');
    await expect(destination.append([eventOf('unroutable', 'b')])).rejects.toMatchObject(unavailable);
    await insist(destination, [eventOf('1', 'a')]);
    await expect.poll(names).toEqual(['1']);
    await stranger.deleteQueue(broker.queue);
    await insist(destination, [eventOf('2', 'a')]);
    await stranger.deleteExchange(broker.exchange);
    await insist(destination, [eventOf('3', 'a')]);
    await expect.poll(names).toEqual(['1', '2', '3']);
  });

  it('waits while RabbitMQ takes no more, without giving the connection up', async () => {
    const way = await broker.proxy('AMQP_URL');
    const { log, destination } = await broker.flow({ AMQP_URL: way.url });
    const { names } = await record(log, ['a']);
    await destination.append([eventOf('1', 'a')]);
    await expect.poll(names).toEqual(['1']);
    const before = way.addresses();
    way.say(connectionBlocked('low on memory'));
    await expect
      .poll(() => destination.append([eventOf('not now', 'b')]).then(() => 'taken', String))
      .toContain('RabbitMQ');
    await expect(destination.append([eventOf('nor now', 'b')])).rejects.toMatchObject(unavailable);
    way.say(connectionUnblocked);
    await insist(destination, [eventOf('2', 'a')]);
    await expect.poll(names).toEqual(['1', '2']);
    expect(way.addresses()).toEqual(before);
  });

  it('closes also where RabbitMQ is silent, and leaves the work to the next', async () => {
    const way = await broker.proxy('AMQP_URL');
    const { close, destination } = await broker.flow({ AMQP_URL: way.url }, { heartbeat: 1, timeout: 500 });
    way.freeze();
    await expect(destination.append([eventOf('never', 'b')])).rejects.toMatchObject(unavailable);
    await close();
    const next = await broker.flow();
    const { names } = await record(next.log, ['a']);
    await next.destination.append([eventOf('1', 'a')]);
    await expect.poll(names, { timeout: 20_000 }).toEqual(['1']);
  });
});

/** A method of the connection class on channel 0, as RabbitMQ sends it. */
function method(id: number, fields = Buffer.alloc(0)): Buffer {
  const payload = Buffer.concat([Buffer.from([0, 10, 0, id]), fields]);
  const head = Buffer.from([1, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([0xce])]);
}

function connectionBlocked(reason: string): Buffer {
  return method(60, Buffer.concat([Buffer.from([reason.length]), Buffer.from(reason)]));
}

const connectionUnblocked = method(61);
