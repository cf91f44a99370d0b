import { backends, type OpenBackend } from '@kopru/test/env/backends.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventOf, nameOf, record } from '../testing/events.ts';
import { comparePositions, type LogEvent } from './event.ts';
import { type EventLog, ResumeGap, type Retention } from './log.ts';
import { openMemoryLog } from './memory.ts';
import { openRedisLog } from './redis.ts';

const logger = pino({ level: 'silent' });

describe.each(backends)('the event log of $name', ({ open }) => {
  let backend: OpenBackend;
  let log: EventLog;
  const opened = async (retention?: Partial<Retention>): Promise<EventLog> => {
    const { REDIS_URL: url, REDIS_PREFIX: prefix = '' } = backend.settings;
    const options = { logger, ...(retention && { retention }) };
    return url ? openRedisLog({ url, prefix, ...options }) : openMemoryLog(options);
  };
  const append = (name: string, ...topics: string[]): Promise<void> => log.append([eventOf(name, ...topics)]);
  const numbered = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);
  const appendNumbered = async (from: number, to: number, ...topics: string[]): Promise<void> => {
    for (const name of numbered(from, to)) await append(name, ...topics);
  };

  beforeEach(async () => {
    backend = await open();
    log = await opened();
  });
  afterEach(async () => {
    await log.close();
    await backend[Symbol.asyncDispose]();
  });

  it('gives each event to those who listen to its topics, once and in order', async () => {
    const one = await record(log, ['a']);
    const both = await record(log, ['a', 'b']);
    await log.append([eventOf('1', 'a'), eventOf('2', 'b'), eventOf('3', 'c'), eventOf('4', 'b', 'a')]);
    await append('5', 'a', 'c');
    await expect.poll(both.names).toEqual(['1', '2', '4', '5']);
    await expect.poll(one.names).toEqual(['1', '4', '5']);
    expect(both.events[2]).toMatchObject({ type: 'tested', topics: ['b', 'a'], payload: { name: '4' } });
  });

  it('has one order for all, whoever appends', async () => {
    const [first, second] = [await record(log, ['a']), await record(log, ['a', 'b'])];
    const appenders = numbered(1, 5).map(async (appender) => {
      for (const turn of numbered(1, 40))
        await log.append([eventOf(`${appender}.${turn}.1`, 'a'), eventOf(`${appender}.${turn}.2`, 'a', 'b')]);
    });
    await Promise.all(appenders);
    await expect.poll(() => [first.events.length, second.events.length]).toEqual([400, 400]);
    expect(first.names()).toEqual(second.names());
    const positions = first.events.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted(comparePositions));
    expect(new Set(positions).size).toBe(400);
    const third = first.names().filter((name) => name.startsWith('3.'));
    expect(third).toEqual(numbered(1, 40).flatMap((turn) => [`3.${turn}.1`, `3.${turn}.2`]));
  });

  it('adds an id once', async () => {
    const start = await log.position();
    const { names } = await record(log, ['a']);
    const event = eventOf('1', 'a');
    await log.append([event, event]);
    await log.append([eventOf('2', 'a'), event]);
    await append('end', 'a');
    await expect.poll(names).toEqual(['1', '2', 'end']);
    await expect.poll((await record(log, ['a'], { after: start })).names).toEqual(['1', '2', 'end']);
  });

  it('starts now unless told otherwise', async () => {
    await append('before', 'a');
    const cold = await record(log, ['a']);
    await append('between', 'a');
    const warm = await record(log, ['a']);
    await append('after', 'a');
    await expect.poll(cold.names).toEqual(['between', 'after']);
    await expect.poll(warm.names).toEqual(['after']);
  });

  it('resumes without gap or repetition while others append', async () => {
    const all = await record(log, ['a']);
    await appendNumbered(1, 50, 'a');
    await expect.poll(() => all.events.length).toBe(50);
    const appending = appendNumbered(51, 300, 'a', 'b');
    const resume = (index: number) => record(log, ['a', 'b'], { after: all.events[index]?.position });
    const [early, middle, late] = await Promise.all([resume(0), resume(10), resume(49)]);
    await appending;
    await expect.poll(early.names).toEqual(numbered(2, 300));
    await expect.poll(middle.names).toEqual(numbered(12, 300));
    await expect.poll(late.names).toEqual(numbered(51, 300));
  });

  it('has nothing between its position and what comes after', async () => {
    const start = await log.position();
    await appendNumbered(1, 3, 'a');
    const middle = await log.position();
    await appendNumbered(4, 6, 'a');
    const end = await log.position();
    await expect.poll((await record(log, ['a'], { after: start })).names).toEqual(numbered(1, 6));
    await expect.poll((await record(log, ['a'], { after: middle })).names).toEqual(numbered(4, 6));
    const live = await record(log, ['a'], { after: end });
    await append('7', 'a');
    await expect.poll(live.names).toEqual(['7']);
  });

  it('says so where it no longer reaches back', async () => {
    const small = await opened({ events: 100 });
    const start = await small.position();
    const events = numbered(1, 500).map((name) => eventOf(name, 'a'));
    for (let index = 0; index < events.length; index += 50) await small.append(events.slice(index, index + 50));
    await expect(record(small, ['a'], { after: start })).rejects.toThrow(ResumeGap);
    const live = await record(small, ['a']);
    await expect(live.setTopics(['a', 'b'], start)).rejects.toThrow(ResumeGap);
    await small.append([eventOf('on a', 'a'), eventOf('on b', 'b')]);
    await expect.poll(live.names).toEqual(['on a']);
    await small.close();
  });

  it('forgets what is older than its retention', async () => {
    const short = await opened({ milliseconds: 1 });
    const start = await short.position();
    await expect
      .poll(async () => {
        await short.append(numbered(1, 300).map((name) => eventOf(name, 'a')));
        return record(short, ['a'], { after: start }).catch((error: Error) => error.name);
      })
      .toBe('ResumeGap');
    await short.close();
  });

  it.each(['', 'abc', '1', '1-1', '99999999999999-0', '-', '9'.repeat(30).concat('-0'), '+'])(
    'takes %j for no place of its own',
    async (after) => {
      await append('1', 'a');
      await expect(record(log, ['a'], { after })).rejects.toThrow(ResumeGap);
    },
  );

  it('starts new topics after a place, and repeats nothing of the ones it had', async () => {
    const live = await record(log, ['a']);
    const start = await log.position();
    await log.append([
      eventOf('1', 'a'),
      eventOf('2', 'b'),
      eventOf('3', 'a', 'b'),
      eventOf('4', 'c'),
      eventOf('5', 'b'),
    ]);
    await expect.poll(live.names).toEqual(['1', '3']);
    const appending = appendNumbered(6, 100, 'b', 'a');
    await live.setTopics(['a', 'b'], start);
    await appending;
    await expect.poll(() => live.events.length).toBe(99);
    expect(live.names().filter((name) => name !== '2' && name !== '5')).toEqual(['1', '3', ...numbered(6, 100)]);
    expect(live.names().filter((name) => name === '2' || name === '5')).toEqual(['2', '5']);
  });

  it('starts new topics now where no place is given', async () => {
    const live = await record(log, ['a']);
    await append('1', 'b');
    await live.setTopics(['a', 'b']);
    await append('2', 'b');
    await append('3', 'a');
    await expect.poll(live.names).toEqual(['2', '3']);
  });

  it('leaves a dropped topic to the others who listen', async () => {
    const [staying, leaving, closing] = [
      await record(log, ['a']),
      await record(log, ['a', 'b']),
      await record(log, ['a']),
    ];
    await append('1', 'a');
    await expect.poll(() => [staying, leaving, closing].map(({ names }) => names())).toEqual([['1'], ['1'], ['1']]);
    await leaving.setTopics(['b']);
    await closing.close();
    await log.append([eventOf('2', 'a'), eventOf('3', 'b')]);
    await expect.poll(staying.names).toEqual(['1', '2']);
    await expect.poll(leaving.names).toEqual(['1', '3']);
    expect(closing.names()).toEqual(['1']);
    await leaving.setTopics(['a']);
    await append('4', 'a');
    await expect.poll(leaving.names).toEqual(['1', '3', '4']);
  });

  it('takes changes of topics one after the other', async () => {
    const live = await record(log, ['a']);
    const start = await log.position();
    await log.append([eventOf('1', 'b'), eventOf('2', 'c')]);
    await Promise.all([live.setTopics(['b'], start), live.setTopics(['b', 'c'], start), live.setTopics(['c'])]);
    await log.append([eventOf('3', 'a'), eventOf('4', 'b'), eventOf('5', 'c')]);
    await expect.poll(live.names).toEqual(['1', '2', '5']);
    await live.close();
    await expect(live.setTopics(['a'])).rejects.toThrow('closed');
  });

  it('goes on after a listener that throws, appends, subscribes or closes', async () => {
    const heard: string[] = [];
    await log.subscribe(['a'], () => {
      throw new Error('A bad listener.');
    });
    const closing = await log.subscribe(['a'], (event) => {
      heard.push(`closing ${nameOf(event)}`);
      void closing.close();
    });
    await log.subscribe(['a'], (event: LogEvent) => {
      if (nameOf(event) === '1') void log.append([eventOf('from 1', 'a')]);
    });
    const last = await record(log, ['a']);
    await log.append([eventOf('1', 'a'), eventOf('2', 'a')]);
    await expect.poll(last.names).toEqual(['1', '2', 'from 1']);
    expect(heard).toEqual(['closing 1']);
  });

  it('refuses everything once it is closed', async () => {
    const { names } = await record(log, ['a']);
    await log.close();
    await expect(append('1', 'a')).rejects.toThrow();
    await expect(log.ping()).rejects.toThrow();
    await expect(record(log, ['b'])).rejects.toThrow();
    expect(names()).toEqual([]);
  });
});
