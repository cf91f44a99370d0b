import { parseObject } from '../socket/json.ts';
import type { CloseReasons } from '../socket/limits.ts';

/** The opcodes of `/api/ws`, as the document lists them; 3 to 5 are where it has none. */
export const op = {
  // Connection and heartbeat
  HELLO: 0,
  HEARTBEAT: 1,
  HEARTBEAT_ACK: 2,
  RESUME: 3,
  RESUMED: 4,
  INVALID_SESSION: 5,

  // Events
  CONNECTED: 10,
  MESSAGE_CREATE: 11,
  MESSAGE_UPDATE: 12,
  MESSAGE_DELETE: 13,
  CHANNEL_CREATE: 20,
  CHANNEL_UPDATE: 21,
  CHANNEL_DELETE: 22,
  SERVER_MEMBER_ADD: 30,
  SERVER_MEMBER_REMOVE: 31,
  PRESENCE_UPDATE: 40,
  TYPING_START: 50,
} as const;

/** Why a socket is closed. */
export const close = {
  goingAway: [1001, 'the server stops'],
  failed: [1011, 'something went wrong on our side'],
  tooSlow: [1013, 'too slow'],
  unknownOpcode: [4001, 'unknown opcode'],
  notJson: [4002, 'not json, or larger than 4 kib'],
  notAuthenticated: [4003, 'not authenticated'],
  authenticationFailed: [4004, 'authentication failed'],
  rateLimited: [4008, 'rate limited'],
  heartbeatTimedOut: [4009, 'heartbeat timed out'],
} as const satisfies CloseReasons & Record<string, readonly [number, string]>;

/** The largest frame from a client, in bytes. */
export const largestFrame = 4 * 1024;

export interface Frame {
  readonly op: number;
  readonly d: unknown;
}

/** The frame that a client's text is; null where it is none. A body may be missing. */
export function parseFrame(text: string): Frame | null {
  const frame = parseObject(text);
  // What has no number for an opcode has an unknown one.
  return frame && { op: typeof frame.op === 'number' ? frame.op : Number.NaN, d: frame.d };
}
