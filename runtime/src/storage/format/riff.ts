import { must, type Reading, skip, take } from './scanner.ts';

/** A piece of a RIFF file: its four letters, and its length without the byte that makes it even. */
interface Chunk {
  readonly type: string;
  readonly length: number;
}

/**
 * Goes over the chunks of a RIFF file of a `form`, with the last of which the file ends, and gives their types.
 * `accepts` says which there may be.
 */
function* riff(form: string, accepts: (chunk: Chunk) => boolean): Reading<string[]> {
  const head = yield* take(12);
  const signature = head.toString('latin1', 0, 4) + head.toString('latin1', 8);
  must(signature === `RIFF${form}`, `A file of ${form.trim()} begins with its signature.`);
  const types: string[] = [];
  for (let left = head.readUInt32LE(4) - 4; left > 0; ) {
    must(left >= 8, 'A RIFF file ends between chunks.');
    const chunk = yield* chunkHead();
    must(accepts(chunk), 'A RIFF file has a chunk of no known type.');
    types.push(chunk.type);
    left -= 8 + chunk.length;
    must(left >= 0, 'A chunk of a RIFF file is longer than the file.');
    // Some writers leave out the byte that makes the last chunk even.
    const padding = Math.min(left, chunk.length % 2);
    yield* skip(chunk.length + padding);
    left -= padding;
  }
  return types;
}

function* chunkHead(): Reading<Chunk> {
  const head = yield* take(8);
  return { type: head.toString('latin1', 0, 4), length: head.readUInt32LE(4) };
}

const ofPictures = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP', 'EXIF', 'XMP ']);

export function* webp(): Reading<void> {
  const types = yield* riff('WEBP', ({ type }) => ofPictures.has(type));
  must(
    ['VP8 ', 'VP8L', 'ANMF'].some((type) => types.includes(type)),
    'A WebP has a picture.',
  );
}

export function* wav(): Reading<void> {
  const types = yield* riff('WAVE', ({ type }) => /^[\x20-\x7e]{4}$/.test(type));
  must(types.includes('fmt ') && types.includes('data'), 'A WAV has a format and sound.');
}
