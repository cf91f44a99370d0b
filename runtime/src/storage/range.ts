import { Readable } from 'node:stream';
import type { ByteRange } from './storage.ts';

/** As HTTP asks for a part of a file. */
export const rangeHeader = (range?: ByteRange): Record<string, string> =>
  range ? { range: `bytes=${range.from}-${range.to ?? ''}` } : {};

/** The size of a whole file, by what an answer says of the part it holds, or of its own length; null where it says neither. */
export function wholeSize(contentRange: unknown, contentLength: unknown): number | null {
  const text = /\/(\d+)$/.exec(String(contentRange ?? ''))?.[1] ?? contentLength;
  const size = Number(text ?? Number.NaN);
  return Number.isSafeInteger(size) ? size : null;
}

/** A part of a body that came whole although the part was asked for. */
export function partOf(body: Readable, range: ByteRange): Readable {
  return Readable.from(cut(body, range), { objectMode: false });
}

async function* cut(body: Readable, { from, to = Number.POSITIVE_INFINITY }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    const part = piece.subarray(Math.max(0, from - at), Math.max(0, to + 1 - at));
    at += piece.length;
    if (part.length > 0) yield part;
    if (at > to) return;
  }
}
