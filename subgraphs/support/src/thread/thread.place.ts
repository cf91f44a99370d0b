import { newId } from '@kopru/runtime/ids.ts';

// Places order all threads, greatest first, by one indexed column.

/** The place of a thread whose last message this is: before all whose last message came earlier. */
export const placeOf = (lastMessageId: string): string => `1${lastMessageId}`;

/** The place of a thread without messages: behind all that have one. */
export const placeWithout = (): string => `0${newId()}`;

/** Whether this is a place that a thread may have. */
export const isPlace = (text: string): boolean => /^[01][\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
