import { Writable } from 'node:stream';
import { GraphQLError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { unavailable } from './errors.ts';
import { createLogger } from './logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  write(createLogger('test', 'info', destination));
  return text;
}

const secret = 'argon2id$of somebody';
const driverError = Object.assign(new Error('no such table: password'), { sql: `INSERT … VALUES ('${secret}')` });
const refused = Object.assign(new Error('OOM'), { command: { name: 'evalsha', args: [secret] } });
const failed = new QueryFailedError('INSERT INTO password VALUES (?)', [secret], driverError);

test.each([
  ['a statement that failed', { err: failed }],
  ['what was caused by it', { err: new Error('unavailable', { cause: failed }) }],
  ['several of them', { err: new AggregateError([failed]) }],
  ['a resolver that met it', { err: new GraphQLError('failed', { originalError: failed }) }],
])('of %s the values are not logged', (_what, line) => {
  const text = logged((logger) => logger.error(line, 'it failed'));
  expect(text).toContain('no such table: password');
  expect(text).not.toContain(secret);
});

test('of what Redis refused the values are not logged', () => {
  const text = logged((logger) => logger.error({ err: refused }, 'it failed'));
  expect(text).toContain('OOM');
  expect(text).not.toContain(secret);
});

test.each([{ token: secret }, { headers: { authorization: secret } }, { req: { headers: { cookie: secret } } }])(
  'secrets are left out of %j',
  (line) => {
    const text = logged((logger) => logger.info(line, 'asked'));
    expect(text).toContain('[secret]');
    expect(text).not.toContain(secret);
  },
);

describe('an outage', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function watched() {
    const lines: { msg: string; level: number; seconds?: number; times?: number; subgraph?: string }[] = [];
    const destination = new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)));
        done();
      },
    });
    const logger = createLogger('test', 'info', destination, { quiet: 10_000, period: 60_000 });
    return { logger, lines, messages: () => lines.map(({ msg }) => msg) };
  }
  const away = unavailable('Away.', new Error('connect ECONNREFUSED'));

  test('that every request meets is told of when it begins, once a minute, and when it has ended', () => {
    const { logger, lines, messages } = watched();
    for (let second = 0; second < 90; second++) {
      logger.child({ requestId: `${second}` }).error({ err: away }, 'a resolver failed');
      vi.advanceTimersByTime(1_000);
    }
    expect(messages()).toEqual(['a resolver failed', 'goes on: a resolver failed']);
    vi.advanceTimersByTime(20_000);
    expect(messages()).toEqual(['a resolver failed', 'goes on: a resolver failed', 'over: a resolver failed']);
    expect(lines.at(-1)).toMatchObject({ level: 30, seconds: 89, times: 90, reason: 'connect ECONNREFUSED' });
    expect(vi.getTimerCount()).toBe(0);
    logger.error({ err: away }, 'a resolver failed');
    expect(messages()).toHaveLength(4);
  });

  test('that showed once has one line', () => {
    const { logger, messages } = watched();
    logger.error({ err: away }, 'a resolver failed');
    vi.advanceTimersByTime(300_000);
    expect(messages()).toEqual(['a resolver failed']);
  });

  test('of each thing is told apart, by whom it is away from and why', () => {
    const { logger, messages } = watched();
    for (const subgraph of ['one', 'other']) {
      logger.child({ subgraph }).error({ err: away }, 'failed');
      logger.warn({ err: unavailable('Other.'), subgraph }, 'failed');
      logger.warn(
        { err: new Error('refused', { cause: { message: 'Told.', extensions: { code: 'UNAVAILABLE' } } }) },
        'failed',
      );
    }
    expect(messages()).toHaveLength(5);
  });

  test('hides nothing that is our fault', () => {
    const { logger, messages } = watched();
    for (let time = 0; time < 3; time++) logger.error({ err: new Error('a mistake') }, 'a resolver failed');
    for (let time = 0; time < 3; time++) logger.error({ err: new GraphQLError('a mistake') }, 'a resolver failed');
    for (let time = 0; time < 3; time++) logger.info({ err: away }, 'told');
    expect(messages()).toHaveLength(9);
  });
});
