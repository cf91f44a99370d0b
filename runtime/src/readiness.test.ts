import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { unavailable } from './errors.ts';
import { createLogger } from './logger.ts';
import { Readiness } from './readiness.ts';

function logged() {
  const lines: { msg: string; needs: string }[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  return { lines, logger: createLogger('test', 'info', destination) };
}

test('names what is away, and what gives no answer in time; asks each once, however many look', async () => {
  const { logger } = logged();
  const database = vi.fn(() => new Promise(() => undefined));
  const redis = vi.fn(() => Promise.reject(unavailable()));
  const readiness = new Readiness({ database, redis, identity: async () => undefined }, logger, 20);
  const answers = await Promise.all([readiness.away(), readiness.away(), readiness.away()]);
  expect(answers).toEqual(Array(3).fill(['database', 'redis']));
  expect(database).toHaveBeenCalledTimes(1);
  await readiness.away();
  expect(database).toHaveBeenCalledTimes(1);
  expect(redis).toHaveBeenCalledTimes(2);
});

test('is told of in the log when it changes, and not by everybody who looks', async () => {
  const { logger, lines } = logged();
  let away = true;
  const redis = async () => {
    if (away) throw new Error('OOM command not allowed');
  };
  const readiness = new Readiness({ redis }, logger);
  for (let time = 0; time < 3; time++) expect(await readiness.away()).toEqual(['redis']);
  away = false;
  for (let time = 0; time < 3; time++) expect(await readiness.away()).toEqual([]);
  expect(lines.map(({ msg, needs }) => [msg, needs])).toEqual([
    ['not ready', 'redis'],
    ['what was needed is back', 'redis'],
  ]);
});
