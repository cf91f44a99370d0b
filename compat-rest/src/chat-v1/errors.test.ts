import {
  conflict,
  type ErrorCode,
  forbidden,
  KopruError,
  notFound,
  rateLimited,
  tokenExpired,
  unauthenticated,
  unavailable,
  validationFailed,
} from '@kopru/runtime/errors.ts';
import { expect, test } from 'vitest';
import type { Answer } from '../dialect.ts';
import { type Failure, failureOf } from '../failure.ts';
import { type LegacyError, legacyErrors, refuse } from './errors.ts';

const field = (problem: 'missing' | 'value' | 'type' | 'null' | 'too long', name = 'name'): Failure => ({
  kind: 'field',
  place: 'body',
  field: name,
  problem,
  takes: 'a text',
});
const answers: [unknown, number, number, string?][] = [
  [unauthenticated(), 1004, 401, 'unauthorized'],
  [tokenExpired(), 1005, 401, 'token expired'],
  [notFound('User'), 2001, 404, 'user not found'],
  [notFound('Channel'), 3001, 404, 'channel not found'],
  [notFound('Message'), 4001, 404, 'message not found'],
  [notFound('Server'), 5001, 404, 'server not found'],
  [notFound('Invite'), 5001, 404, 'server not found'],
  [notFound('Ferry'), 7003, 404],
  [forbidden('No.', 'Channel'), 3002, 403, 'channel access denied'],
  [forbidden('No.', 'Message'), 3002, 403, 'channel access denied'],
  [forbidden('No.', 'Server'), 5002, 403, 'server access denied'],
  [forbidden('For the user alone.', 'User'), 5002, 403, 'access denied: for the user alone'],
  [forbidden('No.'), 5002, 403, 'access denied: no'],
  [conflict('Taken.', 'User'), 1003, 409, 'user already exists'],
  [conflict('Taken.', 'User', { email: ['Is taken.'] }), 1003, 409, 'user already exists: email: is taken'],
  [conflict('Taken.', 'Channel'), 3003, 409, 'channel already exists'],
  [conflict('The owner cannot leave.', 'Server'), 6001, 400, 'validation failed: the owner cannot leave'],
  [
    validationFailed({ displayName: ['At most 80 characters.', 'No line breaks.'], bio: ['Too long.'] }),
    6001,
    400,
    'validation failed: display_name: at most 80 characters, no line breaks; bio: too long',
  ],
  [unavailable(), 6002, 500, 'internal server error'],
  [new KopruError('INTERNAL', 'Secret.'), 6002, 500, 'internal server error'],
  [new KopruError('VIEWER_REQUIRED', 'Secret.'), 6002, 500, 'internal server error'],
  [new Error('Secret.'), 6002, 500, 'internal server error'],
  [field('missing'), 6001, 400, 'validation failed: name is required'],
  [field('value'), 6001, 400, 'validation failed: name takes a text'],
  [field('too long'), 6001, 400, 'validation failed: name takes a text'],
  [field('too long', 'content'), 4003, 400, 'message too long: content takes a text'],
  [field('type'), 7002, 400, 'invalid json type: name takes a text'],
  [field('null'), 7002, 400, 'invalid json type: name takes a text'],
  [{ kind: 'body', problem: 'malformed' } satisfies Failure, 7002, 400, 'the body is not json'],
  [{ kind: 'body', problem: 'not an object' } satisfies Failure, 7002, 400, 'the body is not a json object'],
  [{ kind: 'body', problem: 'too large' } satisfies Failure, 6001, 413, 'the body is too large'],
  [{ kind: 'parameter', parameter: 'user_id' } satisfies Failure, 7003, 400, 'invalid path: user_id is not a uuid'],
  [{ kind: 'unreadable path' } satisfies Failure, 7003, 400, 'invalid path'],
  [{ kind: 'unknown path' } satisfies Failure, 7003, 404],
  [
    { kind: 'method', method: 'PUT', allowed: ['GET'] } satisfies Failure,
    7003,
    405,
    'invalid path: put is not allowed here',
  ],
];

const answerTo = (cause: unknown): Answer => refuse(cause instanceof Error ? failureOf(cause) : (cause as Failure));

test.each(answers)('%o → %i with %i', (cause, code, status, msg) => {
  const answer = answerTo(cause);
  expect(answer).toMatchObject({ status, body: { error_code: code, ...(msg && { msg }) } });
  expect(Object.keys(answer.body as object)).toEqual(['error_code', 'msg']);
  expect((answer.body as { msg: string }).msg).toMatch(/^[^A-Z]+$/);
});

test('a rate limit says when to come back, in whole seconds', () => {
  const answer = answerTo(rateLimited(1.2));
  expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '2' }, body: { error_code: 6003 } });
});

test('401 is for authentication alone', () => {
  const authentication: readonly LegacyError[] = [
    'AUTH_INVALID_CREDENTIALS',
    'AUTH_UNAUTHORIZED',
    'AUTH_TOKEN_EXPIRED',
  ];
  const with401 = Object.entries(legacyErrors).filter(([, [, status]]) => status === 401);
  expect(with401.map(([key]) => key)).toEqual(authentication);
});

test('every code of the catalogue has an answer', () => {
  const codes: Record<ErrorCode, number> = {
    UNAUTHENTICATED: 401,
    TOKEN_EXPIRED: 401,
    FORBIDDEN: 403,
    NOT_FOUND: 404,
    CONFLICT: 400,
    VALIDATION_FAILED: 400,
    RATE_LIMITED: 429,
    INSUFFICIENT_CREDIT: 500,
    RESUME_GAP: 500,
    UNAVAILABLE: 500,
    INTERNAL: 500,
    VIEWER_REQUIRED: 500,
  };
  for (const [code, status] of Object.entries(codes))
    expect(answerTo(new KopruError(code as ErrorCode, 'Because.')), code).toMatchObject({ status });
});
