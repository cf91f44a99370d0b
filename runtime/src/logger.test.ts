import { Writable } from 'node:stream';
import { GraphQLError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { expect, test } from 'vitest';
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

test.each([{ token: secret }, { headers: { authorization: secret } }, { req: { headers: { cookie: secret } } }])(
  'secrets are left out of %j',
  (line) => {
    const text = logged((logger) => logger.info(line, 'asked'));
    expect(text).toContain('[secret]');
    expect(text).not.toContain(secret);
  },
);
