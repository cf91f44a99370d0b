import { KopruError } from '@kopru/runtime/errors.ts';
import { UnknownType } from '@kopru/runtime/storage/examine.ts';
import { BrokenFile } from '@kopru/runtime/storage/format/scanner.ts';
import { FileTooLarge } from '@kopru/runtime/storage/storage.ts';
import type { Answer } from '../../dialect.ts';
import { BadForm, TooSlow } from './form.ts';

/** What whoever uploads a file hears of a failure. */
export function refuseUpload(error: unknown): Answer {
  if (error instanceof FileTooLarge) return refusal(413, `The file is larger than ${error.limit / 1_024 / 1_024} MB`);
  if (error instanceof UnknownType) return refusal(400, 'This type of file is not taken');
  if (error instanceof BrokenFile) return refusal(400, 'The file is damaged, or not what it says');
  if (error instanceof BadForm) return refusal(400, error.message);
  if (error instanceof TooSlow) return refusal(408, error.message);
  if (error instanceof KopruError && error.code === 'RATE_LIMITED') {
    const seconds = Math.ceil(Number(error.extensions.retryAfter ?? 1));
    return { ...refusal(429, 'Too many files. Try again later'), headers: { 'retry-after': String(seconds) } };
  }
  if (error instanceof KopruError && error.code === 'UNAVAILABLE') return refusal(503, error.message);
  // What the HTTP server itself does not accept, such as a type that is no type.
  if (Number((error as { statusCode?: unknown }).statusCode) < 500) return refusal(400, 'The request cannot be read');
  return refusal(500, 'Something went wrong on our side.');
}

const refusal = (status: number, error: string): Answer => ({ status, body: { error } });
