import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { eventOf, nameOf } from '../testing/events.ts';
import type { Position } from './event.ts';
import { Feed } from './redis.feed.ts';
import type { Page, RedisStream } from './redis.scripts.ts';

/** A feed over a Redis that answers when the test says so. */
function feedOf(topic: string) {
  const heard: string[] = [];
  const reads: { readonly after: Position; readonly answer: (page: Partial<Page>) => void }[] = [];
  const subscriber = Object.assign(new EventEmitter(), {
    status: 'ready',
    subscribe: vi.fn(async () => 1),
    unsubscribe: vi.fn(async () => 0),
    disconnect: vi.fn(),
  });
  const stream = {
    read: (after: Position) =>
      new Promise<Page>((resolve) => {
        const empty = { floor: '1-0', newest: '1-0', end: '1-0', entries: [], more: false };
        reads.push({ after, answer: (page) => resolve({ ...empty, ...page }) });
      }),
    beat: async () => undefined,
  };
  const gap = vi.fn();
  const feed = new Feed({
    subscriber: subscriber as unknown as Redis,
    commands: subscriber as unknown as Redis,
    stream: stream as unknown as RedisStream,
    beatChannel: 'beat',
    beatEvery: 1_000_000,
    logger: pino({ level: 'silent' }),
    deliver: (event) => heard.push(nameOf(event)),
    wanted: (other) => other === topic,
    gap,
  });
  const asked = async (times: number): Promise<void> => {
    await expect.poll(() => reads.length).toBe(times);
  };
  return {
    feed,
    heard,
    reads,
    gap,
    subscriber,
    asked,
    say: (position: Position) =>
      subscriber.emit('message', topic, `${position} ${JSON.stringify(eventOf(position, topic))}`),
    entry: (position: Position) => ({
      position,
      topics: [topic],
      event: () => ({ ...eventOf(position, topic), position }),
    }),
    async start() {
      const started = feed.start();
      await asked(1);
      reads[0]?.answer({});
      await asked(2);
      reads[1]?.answer({});
      await started;
      await feed.channels.hold(topic);
    },
  };
}

describe('the feed', () => {
  it('reads on until it reaches the messages that came meanwhile', async () => {
    const { heard, reads, subscriber, asked, say, entry, start } = feedOf('a');
    await start();
    say('2-0');
    subscriber.emit('ready');
    await asked(3);
    expect(reads[2]?.after).toBe('2-0');
    // Published after that read was made, heard before its answer.
    say('4-0');
    reads[2]?.answer({ newest: '3-0', end: '3-0', entries: [entry('3-0')] });
    await asked(4);
    expect(reads[3]?.after).toBe('3-0');
    reads[3]?.answer({ newest: '4-0', end: '4-0', entries: [entry('4-0')] });
    await expect.poll(() => heard).toEqual(['2-0', '3-0', '4-0']);
    say('4-0');
    say('5-0');
    expect(heard).toEqual(['2-0', '3-0', '4-0', '5-0']);
  });

  it('reads page after page, and a page of other topics as well', async () => {
    const { heard, reads, subscriber, asked, say, entry, start } = feedOf('a');
    await start();
    subscriber.emit('ready');
    await asked(3);
    reads[2]?.answer({
      newest: '9-0',
      end: '5-0',
      more: true,
      entries: [entry('4-0'), { ...entry('5-0'), topics: ['b'] }],
    });
    await asked(4);
    expect(reads[3]?.after).toBe('5-0');
    reads[3]?.answer({ newest: '9-0', end: '9-0' });
    await expect.poll(() => say('10-0') && heard).toEqual(['4-0', '10-0']);
  });

  it('does not wait for a message of a stream that is no more', async () => {
    const { heard, reads, subscriber, gap, asked, say, start } = feedOf('a');
    await start();
    subscriber.emit('ready');
    await asked(3);
    say('900-0');
    reads[2]?.answer({ floor: '2-0', newest: '3-0', end: '3-0' });
    await asked(4);
    expect(gap).toHaveBeenCalledWith('2-0');
    expect(reads[3]?.after).toBe('2-0');
    // Asked after the announcement, and the stream still does not reach that far.
    reads[3]?.answer({ floor: '2-0', newest: '3-0', end: '3-0' });
    await expect.poll(() => say('4-0') && heard).toEqual(['4-0']);
    expect(reads).toHaveLength(4);
  });

  it('lets the reading for an earlier connection end', async () => {
    const { heard, reads, subscriber, asked, say, entry, start } = feedOf('a');
    await start();
    subscriber.emit('ready');
    await asked(3);
    subscriber.emit('ready');
    await asked(4);
    reads[3]?.answer({ newest: '2-0', end: '2-0', entries: [entry('2-0')] });
    reads[2]?.answer({ newest: '2-0', end: '2-0', entries: [entry('2-0')] });
    await expect.poll(() => say('3-0') && heard).toEqual(['2-0', '3-0']);
  });

  it('takes on with a new connection what the old one did not', async () => {
    const { feed, heard, reads, subscriber, asked, say, start } = feedOf('a');
    await start();
    subscriber.subscribe.mockRejectedValueOnce(new Error('Connection is closed.'));
    const held = feed.channels.hold('b');
    subscriber.emit('ready');
    await asked(3);
    reads[2]?.answer({});
    await held;
    expect(subscriber.subscribe).toHaveBeenLastCalledWith('beat', 'a', 'b');
    // Both the new connection and the call itself may report the channel.
    const late = Promise.withResolvers<number>();
    subscriber.subscribe.mockReturnValueOnce(late.promise);
    const second = feed.channels.hold('c');
    await feed.channels.resubscribe();
    late.resolve(1);
    await second;
    feed.channels.release('b');
    feed.channels.release('c');
    await expect.poll(() => subscriber.unsubscribe.mock.calls.flat()).toEqual(['b', 'c']);
    say('2-0');
    expect(heard).toEqual(['2-0']);
  });
});
