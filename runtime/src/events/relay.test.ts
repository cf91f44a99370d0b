import { Writable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { unavailable } from '../errors.ts';
import { createLogger } from '../logger.ts';
import type { NewEvent } from './event.ts';
import { Relay } from './relay.ts';

const event: NewEvent = { id: '1', type: 'tested', topics: ['a'], payload: {}, at: '2026-01-01T00:00:00.000Z' };
let relay: Relay;
afterEach(() => relay.close());

test('says which of the two it stands between is away, and which is back', async () => {
  const lines: { msg: string; attempts?: number }[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  let away: 'database' | 'log' | undefined = 'database';
  let waiting = [event];
  relay = new Relay({
    store: {
      async relay(lanes, deliver) {
        if (away === 'database') throw unavailable('No database.');
        const batch = { claimed: lanes, events: waiting, more: false };
        await deliver(batch);
        waiting = [];
        return batch;
      },
      waiting: async () => [0],
      depth: async () => waiting.length,
      oldest: async () => waiting[0]?.at,
    },
    destination: {
      async append() {
        if (away === 'log') throw unavailable('No log.');
      },
    },
    logger: createLogger('test', 'info', destination),
  });
  const messages = () => lines.map(({ msg }) => msg);
  await expect.poll(() => relay.failures).toBeGreaterThan(2);
  expect(messages()).toEqual(['the outbox cannot be reached; its events wait there']);
  away = 'log';
  await expect
    .poll(messages)
    .toEqual([
      'the outbox cannot be reached; its events wait there',
      'the outbox can be reached again',
      'events cannot be appended; they wait in the outbox',
    ]);
  away = undefined;
  await relay.drained();
  expect(messages().at(-1)).toBe('events can be appended again');
  expect(lines.at(-1)?.attempts).toBeGreaterThan(0);
  expect(messages()).toHaveLength(4);
});
