import type { FieldErrors } from '@kopru/runtime/errors.ts';
import type { Answer } from '../dialect.ts';
import type { Failure } from '../failure.ts';

/** The document's errors: key → code, HTTP status, text. A 401 makes clients drop their token: authentication alone has it. */
export const legacyErrors = {
  AUTH_INVALID_CREDENTIALS: [1001, 401, 'invalid credentials'],
  AUTH_USER_NOT_FOUND: [1002, 404, 'user not found'],
  AUTH_USER_ALREADY_EXISTS: [1003, 409, 'user already exists'],
  AUTH_UNAUTHORIZED: [1004, 401, 'unauthorized'],
  AUTH_TOKEN_EXPIRED: [1005, 401, 'token expired'],
  USER_NOT_FOUND: [2001, 404, 'user not found'],
  CHANNEL_NOT_FOUND: [3001, 404, 'channel not found'],
  CHANNEL_ACCESS_DENIED: [3002, 403, 'channel access denied'],
  CHANNEL_ALREADY_EXISTS: [3003, 409, 'channel already exists'],
  MESSAGE_NOT_FOUND: [4001, 404, 'message not found'],
  MESSAGE_SEND_FAILED: [4002, 500, 'message send failed'],
  MESSAGE_TOO_LONG: [4003, 400, 'message too long'],
  SERVER_NOT_FOUND: [5001, 404, 'server not found'],
  SERVER_ACCESS_DENIED: [5002, 403, 'server access denied'],
  VALIDATION_FAILED: [6001, 400, 'validation failed'],
  INTERNAL_SERVER_ERROR: [6002, 500, 'internal server error'],
  RATE_LIMITED: [6003, 429, 'rate limited'],
  INVALID_JSON_TYPE: [7002, 400, 'invalid json type'],
  INVALID_PATH: [7003, 400, 'invalid path'],
} as const;
export type LegacyError = keyof typeof legacyErrors;

/** The envelope of an error, with its usual text and status unless others are given. */
export function legacyError(
  key: LegacyError,
  given: { readonly msg?: string; readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Answer {
  const [error_code, usual, text] = legacyErrors[key];
  const { msg = text, status = usual, headers } = given;
  return { status, ...(headers && { headers }), body: { error_code, msg } };
}

/** What a client of Chat v1 hears of a failure. */
export function refuse(failure: Failure): Answer {
  switch (failure.kind) {
    case 'operation':
      return refuseOperation(failure);
    case 'field':
      return refuseField(failure);
    case 'body':
      if (failure.problem === 'too large')
        return legacyError('VALIDATION_FAILED', { status: 413, msg: 'the body is too large' });
      return legacyError('INVALID_JSON_TYPE', {
        msg: failure.problem === 'malformed' ? 'the body is not json' : 'the body is not a json object',
      });
    case 'parameter':
      return legacyError('INVALID_PATH', { msg: `invalid path: ${failure.parameter} is not a uuid` });
    case 'unreadable path':
      return legacyError('INVALID_PATH');
    case 'unknown path':
      return legacyError('INVALID_PATH', { status: 404, msg: 'invalid path: there is no such path' });
    case 'method':
      return legacyError('INVALID_PATH', {
        status: 405,
        msg: `invalid path: ${failure.method.toLowerCase()} is not allowed here`,
      });
  }
}

const notFound: Readonly<Record<string, LegacyError>> = {
  User: 'USER_NOT_FOUND',
  Channel: 'CHANNEL_NOT_FOUND',
  Message: 'MESSAGE_NOT_FOUND',
  Server: 'SERVER_NOT_FOUND',
  // An invite is the way to a server.
  Invite: 'SERVER_NOT_FOUND',
};
const taken: Readonly<Record<string, LegacyError>> = {
  User: 'AUTH_USER_ALREADY_EXISTS',
  Channel: 'CHANNEL_ALREADY_EXISTS',
};
const denied: Readonly<Record<string, LegacyError>> = {
  Server: 'SERVER_ACCESS_DENIED',
  Channel: 'CHANNEL_ACCESS_DENIED',
  // The right to a message is its channel's.
  Message: 'CHANNEL_ACCESS_DENIED',
};

function refuseOperation(failure: Failure & { readonly kind: 'operation' }): Answer {
  const { code, message, resource = '', fields } = failure;
  switch (code) {
    case 'UNAUTHENTICATED':
      return legacyError('AUTH_UNAUTHORIZED');
    case 'TOKEN_EXPIRED':
      return legacyError('AUTH_TOKEN_EXPIRED');
    case 'FORBIDDEN': {
      const key = denied[resource];
      // The document has no more codes with 403 than two, and the text says that it is not about a server.
      return key ? legacyError(key) : legacyError('SERVER_ACCESS_DENIED', { msg: `access denied: ${plain(message)}` });
    }
    case 'NOT_FOUND':
      return legacyError(notFound[resource] ?? 'INVALID_PATH', { status: 404 });
    case 'CONFLICT': {
      const key = taken[resource];
      return key
        ? legacyError(key, fields && { msg: `${legacyErrors[key][2]}: ${reasons(fields)}` })
        : legacyError('VALIDATION_FAILED', { msg: `validation failed: ${plain(message)}` });
    }
    case 'VALIDATION_FAILED':
      return legacyError('VALIDATION_FAILED', {
        msg: `validation failed: ${fields ? reasons(fields) : plain(message)}`,
      });
    case 'RATE_LIMITED':
      return legacyError('RATE_LIMITED', { headers: { 'retry-after': String(Math.ceil(failure.retryAfter ?? 1)) } });
    case 'INSUFFICIENT_CREDIT':
    case 'RESUME_GAP':
    case 'UNAVAILABLE':
    case 'INTERNAL':
    case 'VIEWER_REQUIRED':
      return legacyError('INTERNAL_SERVER_ERROR');
  }
}

function refuseField({ field, problem, takes }: Failure & { readonly kind: 'field' }): Answer {
  switch (problem) {
    case 'missing':
      return legacyError('VALIDATION_FAILED', { msg: `validation failed: ${field} is required` });
    case 'value':
      return legacyError('VALIDATION_FAILED', { msg: `validation failed: ${field} takes ${takes}` });
    case 'too long':
      return field === 'content'
        ? legacyError('MESSAGE_TOO_LONG', { msg: `message too long: ${field} takes ${takes}` })
        : legacyError('VALIDATION_FAILED', { msg: `validation failed: ${field} takes ${takes}` });
    case 'null':
    case 'type':
      return legacyError('INVALID_JSON_TYPE', { msg: `invalid json type: ${field} takes ${takes}` });
  }
}

/** `{ displayName: ['Too long.'] }` → `display_name: too long`. */
const reasons = (fields: FieldErrors): string =>
  Object.entries(fields)
    .map(([field, texts]) => `${snakeCase(field)}: ${texts.map(plain).join(', ')}`)
    .join('; ');
const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const plain = (text: string): string => text.replace(/\.$/, '').toLowerCase();
