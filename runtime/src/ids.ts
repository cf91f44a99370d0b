import { randomBytes } from 'node:crypto';
import { v7, validate } from 'uuid';

/** A UUIDv7: ascending in time, also within one millisecond of one process. */
export const newId = (): string => v7();

/** Whether `value` reads as a UUID of any version. */
export const isUuid = (value: unknown): value is string => typeof value === 'string' && validate(value);

/** An unguessable string of letters, digits, `-` and `_`; whoever knows it may act. `bytes` of randomness, 16 unless told. */
export const newCapability = (bytes = 16): string => randomBytes(bytes).toString('base64url');

/**
 * The smallest UUIDv7 that is not in the past and greater than `previous`.
 * For ids whose order must be the order of the rows although several processes make them.
 */
export function nextId(previous: string | null): string {
  const id = v7();
  return previous === null || id > previous ? id : increment(previous);
}

function increment(uuid: string): string {
  const digits = uuid.replaceAll('-', '');
  // The last 62 bits are the random tail; counting there leaves the version and variant bits alone.
  const tail = (BigInt(`0x${digits.slice(16)}`) + 1n) & 0x3fffffffffffffffn;
  const withVariant = (tail | 0x8000000000000000n).toString(16);
  if (tail === 0n) return increment(incrementHead(digits));
  return dashed(digits.slice(0, 16) + withVariant);
}

/** When the tail has run over, the 12 bits after the version count on, and then the milliseconds. */
function incrementHead(digits: string): string {
  const time = BigInt(`0x${digits.slice(0, 12)}`);
  const counter = BigInt(`0x${digits.slice(13, 16)}`) + 1n;
  const [newTime, newCounter] = counter > 0xfffn ? [time + 1n, 0n] : [time, counter];
  return dashed(
    `${newTime.toString(16).padStart(12, '0')}7${newCounter.toString(16).padStart(3, '0')}8000000000000000`,
  );
}

const dashed = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
