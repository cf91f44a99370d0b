import { type DreamRow, dreamRows } from './dreams/inventory.ts';
import { type SupportRow, supportRows } from './support/inventory.ts';
import { type GatewayRow, gatewayRows } from './ws-gateway/inventory.ts';

/**
 * Everything that is promised to the clients of the older systems, row by row.
 * A test says with `covers` which rows it proves; `inventory.test.ts` fails while a row has no test that ran.
 */

/** The REST endpoints of Chat v1, under `/api/rest`, as the document lists them. */
export const endpoints = [
  'POST /auth/register',
  'POST /auth/login',
  'POST /auth/logout',
  'POST /auth/refresh',
  'GET /auth/me',
  'GET /servers',
  'POST /servers',
  'GET /servers/{server_id}',
  'PATCH /servers/{server_id}',
  'DELETE /servers/{server_id}',
  'GET /servers/{server_id}/channels',
  'POST /servers/{server_id}/channels',
  'GET /channels/{channel_id}/messages',
  'POST /channels/{channel_id}/messages',
  'DELETE /channels/{channel_id}/messages/{message_id}',
  'GET /users/{user_id}',
  'PATCH /users/{user_id}',
  'GET /users/{user_id}/dm-channels',
  'POST /users/{user_id}/dm-channels',
] as const;

/** REST endpoints served beside the document. */
export const additions = ['POST /servers/{server_id}/invites', 'POST /invites/{code}'] as const;

/** The opcodes of `/api/ws`, as the document lists them. */
export const opcodes = {
  0: 'HELLO',
  1: 'HEARTBEAT',
  2: 'HEARTBEAT_ACK',
  10: 'CONNECTED',
  11: 'MESSAGE_CREATE',
  12: 'MESSAGE_UPDATE',
  13: 'MESSAGE_DELETE',
  20: 'CHANNEL_CREATE',
  21: 'CHANNEL_UPDATE',
  22: 'CHANNEL_DELETE',
  30: 'SERVER_MEMBER_ADD',
  31: 'SERVER_MEMBER_REMOVE',
  40: 'PRESENCE_UPDATE',
  50: 'TYPING_START',
} as const;

/** `error_code` → its name and the status it comes with. */
export const errors = {
  1001: { name: 'AUTH_INVALID_CREDENTIALS', status: 401 },
  1002: { name: 'AUTH_USER_NOT_FOUND', status: 404 },
  1003: { name: 'AUTH_USER_ALREADY_EXISTS', status: 409 },
  1004: { name: 'AUTH_UNAUTHORIZED', status: 401 },
  1005: { name: 'AUTH_TOKEN_EXPIRED', status: 401 },
  2001: { name: 'USER_NOT_FOUND', status: 404 },
  3001: { name: 'CHANNEL_NOT_FOUND', status: 404 },
  3002: { name: 'CHANNEL_ACCESS_DENIED', status: 403 },
  3003: { name: 'CHANNEL_ALREADY_EXISTS', status: 409 },
  4001: { name: 'MESSAGE_NOT_FOUND', status: 404 },
  4002: { name: 'MESSAGE_SEND_FAILED', status: 500 },
  4003: { name: 'MESSAGE_TOO_LONG', status: 400 },
  5001: { name: 'SERVER_NOT_FOUND', status: 404 },
  5002: { name: 'SERVER_ACCESS_DENIED', status: 403 },
  6001: { name: 'VALIDATION_FAILED', status: 400 },
  6002: { name: 'INTERNAL_SERVER_ERROR', status: 500 },
  6003: { name: 'RATE_LIMITED', status: 429 },
  7002: { name: 'INVALID_JSON_TYPE', status: 400 },
  7003: { name: 'INVALID_PATH', status: 400 },
} as const;

/** Why `/api/ws` closes a connection. */
export const closeCodes = {
  4001: 'unknown opcode',
  4002: 'not JSON, or larger than 4 KiB',
  4003: 'not authenticated',
  4004: 'authentication failed',
  4008: 'rate limited: 120 frames a minute',
  4009: 'heartbeat timed out',
} as const;

/** What holds beyond single endpoints, and what is served beside the document. */
export const rules = {
  'every success is 200 with JSON': 'never 201 or 204',
  'every error is an envelope': '{error_code, msg}, msg in lower-case English',
  '401 is for authentication alone': 'a client drops its token on it, so a missing permission is 403',
  'an unknown user looks like a wrong password': '1001, so that nobody learns who has an account',
  'a token stays out of other audiences': 'another key, another audience or no signature is 1004',
  'refresh tokens rotate': 'a spent one is refused, and ends its session',
  'logout ends the session': 'access token, refresh token and sockets',
  'login by email': 'email is taken in place of username',
  'any origin may ask': 'CORS, preflight included',
  'ids are UUIDv7': 'users, servers, channels and messages',
  'times are ISO 8601 UTC': 'ending in Z',
  'messages come newest first': 'and every page of them',
  'messages by page': 'page=N from zero, 20 a page',
  'messages by limit': '1 to 100, 50 unless told',
  'messages before, after and around': 'a message id, exclusive',
  'email is private': 'null to anybody else',
  'a nonce sends once': 'the same author, channel and nonce give the first message again',
  'a pair has one direct channel': 'whoever of the two asks, however often',
  'a direct channel by the other id': 'POST /users/{id}/dm-channels of somebody else, without a body',
  'bad input writes nothing': 'a refused call leaves everything as it was',
  'socket token in the query': '?token=',
  'socket token in a header': 'Authorization: Bearer',
  'socket token in a frame': '{"op":10,"d":{"token"}}',
  'socket dispatches are numbered': 's ascends by one',
  'op 5 INVALID_SESSION': '{resumable} in answer to op 3 RESUME {session_id, seq}',
  'op 40 from a client': '{status} sets what others see',
  'op 50 from a client': '{channel_id} tells others that one types',
} as const;

type Endpoint = (typeof endpoints | typeof additions)[number];
export type ErrorCode = keyof typeof errors;
export type Row =
  | `rest:${Endpoint}`
  | `op:${keyof typeof opcodes}`
  | `error:${ErrorCode}`
  | `close:${keyof typeof closeCodes}`
  | `rule:${keyof typeof rules}`
  | GatewayRow
  | SupportRow
  | DreamRow;

/** Every row there is. */
export const rows: readonly Row[] = [
  ...[...endpoints, ...additions].map((endpoint): Row => `rest:${endpoint}`),
  ...keys(opcodes).map((code): Row => `op:${code}`),
  ...keys(errors).map((code): Row => `error:${code}`),
  ...keys(closeCodes).map((code): Row => `close:${code}`),
  ...keys(rules).map((rule): Row => `rule:${rule}`),
  ...gatewayRows,
  ...supportRows,
  ...dreamRows,
];

function keys<Key extends string | number>(rows: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(rows) as Key[];
}
