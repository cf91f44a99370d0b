import type { IncomingHttpHeaders } from 'node:http';
import {
  conflict,
  forbidden,
  insufficientCredit,
  notFound,
  rateLimited,
  tokenExpired,
  unauthenticated,
  unavailable,
  validationFailed,
} from '@kopru/runtime/errors.ts';
import { expect, test } from 'vitest';
import { type Failure, failureOf } from '../failure.ts';
import { refuse } from './errors.ts';

const turkish = { 'accept-language': 'tr-TR' };
const withToken = { authorization: 'Bearer a.b.c' };
const said = (failure: Failure, headers: IncomingHttpHeaders = {}): unknown[] => {
  const { status, body } = refuse(failure, headers);
  return [status, body];
};
const badToken = (message: string) => ({
  detail: 'Given token not valid for any token type',
  code: 'token_not_valid',
  messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
});

test.each<[Error, IncomingHttpHeaders, number, unknown]>([
  [unauthenticated(), {}, 401, { detail: 'Authentication credentials were not provided.' }],
  [
    unauthenticated(),
    { authorization: 'Basic eDp5' },
    401,
    { detail: 'Authentication credentials were not provided.' },
  ],
  [unauthenticated(), withToken, 401, badToken('Token is invalid')],
  [tokenExpired(), withToken, 401, badToken('Token is expired')],
  [forbidden('No.'), {}, 403, { detail: 'You do not have permission to perform this action.' }],
  [insufficientCredit(), turkish, 403, { error: 'Your credit is insufficient' }],
  [notFound('Dream'), {}, 404, { detail: 'No Dream matches the given query.' }],
  [notFound('Dream'), turkish, 404, { detail: 'Sayfa bulunamadı.' }],
  [notFound('User'), {}, 404, { detail: 'Not found.' }],
  [
    conflict('Taken.', 'User', { email: ['Taken.'], username: ['Taken.'] }),
    {},
    400,
    { email: ['user with this email already exists.'], username: ['user with this username already exists.'] },
  ],
  [conflict('An answer is being written.', 'Analysis'), {}, 409, { detail: 'An answer is being written.' }],
  [
    validationFailed({ email: ['Enter a valid email address.'], title: ['This field may not be null.'] }),
    turkish,
    400,
    { email: ['Geçerli bir email adresi girin.'], title: ['Bu alan boş olamaz.'] },
  ],
  [rateLimited(1), {}, 429, { detail: 'Request was throttled. Expected available in 1 second.' }],
  [rateLimited(90), {}, 429, { detail: 'Request was throttled. Expected available in 90 seconds.' }],
  [unavailable(), {}, 503, { detail: 'Service temporarily unavailable, try again later.' }],
  [new Error('SELECT secret'), {}, 500, { detail: 'A server error occurred.' }],
])('%s (%j) is %i %j', (error, headers, status, body) => {
  expect(said(failureOf(error), headers)).toEqual([status, body]);
});

test.each<[Failure, IncomingHttpHeaders, number, unknown]>([
  [{ kind: 'unknown path' }, {}, 404, { detail: 'Not found.' }],
  [{ kind: 'unknown path' }, turkish, 404, { detail: 'Sayfa bulunamadı.' }],
  [{ kind: 'unreadable path' }, {}, 404, { detail: 'Not found.' }],
  [{ kind: 'parameter', parameter: 'id' }, {}, 404, { detail: 'Not found.' }],
  [{ kind: 'method', method: 'PUT', allowed: ['GET'] }, {}, 405, { detail: 'Method "PUT" not allowed.' }],
  [{ kind: 'body', problem: 'malformed', detail: 'Why.' }, {}, 400, { detail: 'JSON parse error - Why.' }],
  [{ kind: 'body', problem: 'too large' }, {}, 413, { detail: 'The request body is too large.' }],
  [{ kind: 'body', problem: 'not an object' }, {}, 400, { non_field_errors: ['Invalid data. Expected a dictionary.'] }],
  [
    { kind: 'field', place: 'body', field: 'refresh', problem: 'missing', takes: 'a text' },
    turkish,
    400,
    { refresh: ['Bu alan gereklidir.'] },
  ],
])('%j (%j) is %i %j', (failure, headers, status, body) => {
  expect(said(failure, headers)).toEqual([status, body]);
});

test('whoever is not let in is told how, when to come back, and in which language', () => {
  expect(refuse(failureOf(unauthenticated()), {}).headers).toEqual({
    'www-authenticate': 'Bearer realm="api"',
    'content-language': 'en',
  });
  expect(refuse(failureOf(rateLimited(90)), turkish).headers).toEqual({
    'retry-after': '90',
    'content-language': 'tr',
  });
});
