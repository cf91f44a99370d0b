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

/** The next UUIDv7 after this one: its 122 free bits, counted on around the version and the variant. */
function increment(uuid: string): string {
  const bits = BigInt(`0x${uuid.replaceAll('-', '')}`);
  const free = (((bits >> 80n) << 74n) | (((bits >> 64n) & 0xfffn) << 62n) | (bits & 0x3fffffffffffffffn)) + 1n;
  const next =
    ((free >> 74n) << 80n) |
    (7n << 76n) |
    (((free >> 62n) & 0xfffn) << 64n) |
    (2n << 62n) |
    (free & 0x3fffffffffffffffn);
  const hex = next.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
