import { parseObject } from '../socket/json.ts';
import type { CloseReasons } from '../socket/limits.ts';

/** The two ways to speak to the gateway, by the path of the socket: the document, and what the web client in the field speaks. */
export const dialects = ['/', '/ws'] as const;
export type Dialect = (typeof dialects)[number];

/** Frames with an `op`, as the document names them. */
export const op = {
  // Client → server
  IDENTIFY: 'IDENTIFY',
  HEARTBEAT: 'HEARTBEAT',
  GUILD_SUBSCRIBE: 'GUILD_SUBSCRIBE',
  GUILD_UNSUBSCRIBE: 'GUILD_UNSUBSCRIBE',
  // The same, on /ws alone
  SUBSCRIBE: 'SUBSCRIBE',
  UNSUBSCRIBE: 'UNSUBSCRIBE',

  // Server → client
  READY: 'READY',
  HEARTBEAT_ACK: 'HEARTBEAT_ACK',
  // The same, beside the document
  HELLO: 'HELLO',
  INVALID_SESSION: 'INVALID_SESSION',
  ERROR: 'ERROR',
} as const;
export type Op = keyof typeof op;

/** Frames with an `event`, server → client, in the order of the document. */
export const events = [
  'message.create',
  'message.update',
  'message.delete',
  'presence.update',
  'typing.start',
  'guild.create',
  'guild.update',
  'guild.delete',
  'channel.create',
  'channel.update',
  'channel.delete',
] as const;
export type EventName = (typeof events)[number];

/** Why a socket is closed. */
export const close = {
  goingAway: [1001, 'the server stops'],
  failed: [1011, 'something went wrong on our side'],
  tooSlow: [1013, 'too slow'],
  notJson: [4002, 'not json, or larger than 16 kib'],
  notAuthenticated: [4003, 'not authenticated'],
  authenticationFailed: [4004, 'authentication failed'],
  rateLimited: [4008, 'rate limited'],
  heartbeatTimedOut: [4009, 'heartbeat timed out'],
  tooManySubscriptions: [4010, 'too many subscriptions'],
} as const satisfies CloseReasons & Record<string, readonly [number, string]>;

/** The largest frame from a client, in bytes. */
export const largestFrame = 16 * 1024;
/** How many guilds and channels a socket may listen to. */
export const mostSubscriptions = 200;

export interface Frame {
  /** Empty where there is none. */
  readonly op: string;
  readonly data: unknown;
}

/** The frame that a client's text is; null where it is none. */
export function parseFrame(text: string): Frame | null {
  const frame = parseObject(text);
  return frame && { op: typeof frame.op === 'string' ? frame.op : '', data: frame.data };
}
