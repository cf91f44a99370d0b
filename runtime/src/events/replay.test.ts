import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { eventOf, nameOf } from '../testing/events.ts';
import type { LogEvent, Position } from './event.ts';
import { Listeners, newSubscriber } from './listeners.ts';
import { isPlace, Replay, reaches } from './replay.ts';

const at = (position: Position, ...topics: string[]): LogEvent => ({ ...eventOf(position, ...topics), position });

function subscribed(...topics: string[]) {
  const heard: string[] = [];
  const listeners = new Listeners(pino({ level: 'silent' }));
  const subscriber = newSubscriber((event) => heard.push(nameOf(event)), undefined);
  for (const topic of topics) listeners.add(subscriber, topic, '0-0');
  return { heard, listeners, subscriber };
}

describe('a replay', () => {
  it('gives the past first, then what came meanwhile, each once', () => {
    const { heard, listeners, subscriber } = subscribed();
    const replay = new Replay(listeners, subscriber, ['a', 'b'], '1-0', '3-0');
    expect(replay.from).toBe('1-0');
    listeners.dispatch(at('4-0', 'a'));
    listeners.dispatch(at('5-0', 'b'));
    for (const event of [at('2-0', 'a', 'b'), at('3-0', 'c'), at('4-0', 'a')]) replay.offer(event);
    replay.finish('4-0');
    listeners.dispatch(at('6-0', 'a'));
    expect(heard).toEqual(['2-0', '4-0', '5-0', '6-0']);
  });

  it('does not repeat what the subscriber was served on the topics it had', () => {
    const { heard, listeners, subscriber } = subscribed('a');
    listeners.dispatch(at('1-0', 'a', 'b'));
    listeners.dispatch(at('3-0', 'a'));
    const replay = new Replay(listeners, subscriber, ['b'], '0-0', '3-0');
    for (const event of [at('1-0', 'a', 'b'), at('2-0', 'b'), at('3-0', 'a'), at('4-0', 'a')]) replay.offer(event);
    replay.finish('4-0');
    expect(heard).toEqual(['1-0', '3-0', '2-0', '4-0']);
  });

  it('reads again from where the subscriber was served, if the new topics start later', () => {
    const { heard, listeners, subscriber } = subscribed('a');
    const replay = new Replay(listeners, subscriber, ['b'], '7-0', '5-0');
    expect(replay.from).toBe('5-0');
    for (const event of [at('6-0', 'a'), at('7-0', 'b'), at('8-0', 'b'), at('9-0', 'a')]) replay.offer(event);
    replay.finish('9-0');
    // The feed was behind, and comes to these only now.
    for (const event of [at('6-0', 'a'), at('7-0', 'b'), at('8-0', 'b'), at('9-0', 'a'), at('10-0', 'b')])
      listeners.dispatch(event);
    expect(heard).toEqual(['6-0', '8-0', '9-0', '10-0']);
  });

  it('leaves the subscriber as it was where it is abandoned', () => {
    const { heard, listeners, subscriber } = subscribed('a');
    const replay = new Replay(listeners, subscriber, ['b'], '1-0', '1-0');
    listeners.dispatch(at('2-0', 'a'));
    listeners.dispatch(at('3-0', 'a', 'b'));
    listeners.dispatch(at('4-0', 'b'));
    replay.offer(at('2-0', 'a'));
    replay.abandon();
    listeners.dispatch(at('5-0', 'a'));
    listeners.dispatch(at('6-0', 'b'));
    expect(heard).toEqual(['2-0', '3-0', '5-0']);
    expect(listeners.has('b')).toBe(false);
  });
});

describe('a place', () => {
  it.each([
    ['5-0', true],
    ['4-9', false],
    ['9-9', true],
    ['10-0', false],
    ['9', false],
    ['9-', false],
    ['-9', false],
    ['9-9 ', false],
    ['9-9\n', false],
    [`${'9'.repeat(16)}-0`, false],
  ])('%j within 5-0 to 9-9: %s', (place, within) => {
    expect(reaches(place, '5-0', '9-9')).toBe(within);
  });

  it('is two numbers', () => {
    expect(isPlace('1700000000000-12')).toBe(true);
    expect(isPlace('1700000000000')).toBe(false);
  });
});
