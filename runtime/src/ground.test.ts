import { eventBackends } from '@kopru/test/env/backends.ts';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commonSettings, readSettings } from './config.ts';
import type { Outside } from './events/event.ts';
import { openGround } from './ground.ts';
import { eventOf, record } from './testing/events.ts';

/** Some events cannot be told outside. */
const outside: Outside = {
  describe({ payload }) {
    if (payload.name === 'bad') throw new Error('It has no such field.');
    return { event: 'test.create', data: payload };
  },
  adopt: () => ({ type: 'foreign', topics: [], payload: {} }),
};

describe.each(eventBackends)('the ground on $name', ({ open, shared }) => {
  it('brings events to the log, also those that cannot be told outside', async () => {
    await using backend = await open();
    const settings = readSettings(commonSettings, { NODE_ENV: 'test', LOG_LEVEL: 'silent', ...backend.settings });
    const told: string[] = [];
    if (shared) {
      const redis = new Redis(settings.REDIS_URL ?? '');
      onTestFinished(() => redis.disconnect());
      redis.on('message', (_, message) => told.push(JSON.parse(message).data.name));
      await redis.subscribe(settings.GATEWAY_EVENTS_CHANNEL);
    }
    const ground = await openGround('test', settings, { outside });
    const { names } = await record(ground.log, ['a']);
    await ground.destination.append([eventOf('good', 'a'), eventOf('bad', 'a'), eventOf('better', 'a')]);
    await expect.poll(names).toEqual(['good', 'bad', 'better']);
    await expect.poll(() => told).toEqual(shared ? ['good', 'better'] : []);
    await ground.close();
  });

  it('has nothing to tell outside unless it is told how', async () => {
    await using backend = await open();
    const settings = readSettings(commonSettings, { NODE_ENV: 'test', LOG_LEVEL: 'silent', ...backend.settings });
    const ground = await openGround('test', settings);
    const { names } = await record(ground.log, ['a']);
    await ground.destination.append([eventOf('1', 'a')]);
    await expect.poll(names).toEqual(['1']);
    await ground.close();
  });
});
