import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import {
  codeOf,
  conflict,
  forbidden,
  notFound,
  publicError,
  rateLimited,
  tokenExpired,
  unauthenticated,
  validationFailed,
} from './errors.ts';

test.each([
  [notFound('Channel'), { code: 'NOT_FOUND', resource: 'Channel' }, 'Channel not found.'],
  [forbidden('Members only.', 'Server'), { code: 'FORBIDDEN', resource: 'Server' }, 'Members only.'],
  [
    conflict('Taken.', 'User', { email: ['Taken.'] }),
    { code: 'CONFLICT', resource: 'User', fields: { email: ['Taken.'] } },
    'Taken.',
  ],
  [rateLimited(7), { code: 'RATE_LIMITED', retryAfter: 7 }, 'Too many requests. Try again in 7 s.'],
  [unauthenticated(), { code: 'UNAUTHENTICATED' }, 'Sign in first.'],
  [tokenExpired(), { code: 'TOKEN_EXPIRED' }, 'The access token has expired.'],
  [
    validationFailed({ name: ['Too long.'], email: ['Missing.'] }),
    { code: 'VALIDATION_FAILED', fields: { name: ['Too long.'], email: ['Missing.'] } },
    'name: Too long. email: Missing.',
  ],
])('%s is shown as it is', (error, extensions, message) => {
  expect(publicError(error.toJSON(), 'r1')).toEqual({ message, extensions });
});

test('anything else is shown as a request id and nothing more', () => {
  const error = new GraphQLError('ER_DUP_ENTRY: INSERT INTO users', {
    path: ['user'],
    extensions: { stacktrace: ['at x'], sql: 'INSERT', code: 'ER_DUP_ENTRY' },
  });
  expect(publicError(error.toJSON(), 'r1')).toEqual({
    message: 'Something went wrong on our side.',
    path: ['user'],
    extensions: { code: 'INTERNAL', requestId: 'r1' },
  });
});

test('what a protocol says of a request keeps its code and loses the rest', () => {
  const error = new GraphQLError('Syntax Error', {
    extensions: { code: 'GRAPHQL_PARSE_FAILED', stacktrace: ['at y'] },
  });
  expect(publicError(error.toJSON(), 'r1')).toEqual({
    message: 'Syntax Error',
    extensions: { code: 'GRAPHQL_PARSE_FAILED' },
  });
});

test('unlisted details of a known error stay inside', () => {
  const error = new GraphQLError('No.', { extensions: { code: 'FORBIDDEN', serviceName: 'community' } });
  expect(publicError(error.toJSON(), 'r1').extensions).toEqual({ code: 'FORBIDDEN' });
});

test('the code of anything thrown', () => {
  expect(codeOf(notFound('X'))).toBe('NOT_FOUND');
  expect(codeOf(new Error('x'))).toBe('INTERNAL');
  expect(codeOf('x')).toBe('INTERNAL');
});
