import { must, type Reading, skip, take } from './scanner.ts';
import { size } from './size.ts';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** A lower-case letter in front says that a reader may pass over a chunk. */
const ancillary = /^[a-z][A-Za-z]{3}$/;

/** Chunks from IHDR to IEND, with which the file ends. */
export function* png(): Reading<void> {
  must((yield* take(signature.length)).equals(signature), 'A PNG begins with its signature.');
  yield* header();
  for (let pixels = false; ; ) {
    const [type, length] = yield* chunk();
    must(['IDAT', 'IEND', 'PLTE'].includes(type) || ancillary.test(type), 'A PNG has a chunk of no known type.');
    if (type === 'IDAT') pixels = true;
    // Its data, and 4 bytes of checksum.
    yield* skip(length + 4);
    if (type !== 'IEND') continue;
    return must(pixels && length === 0, 'A PNG ends with an empty IEND, and has pixels before it.');
  }
}

function* header(): Reading<void> {
  const [type, length] = yield* chunk();
  must(type === 'IHDR' && length === 13, 'The first chunk of a PNG is its header.');
  const data = yield* take(length + 4);
  size(data.readUInt32BE(0), data.readUInt32BE(4));
}

function* chunk(): Reading<[type: string, length: number]> {
  const head = yield* take(8);
  return [head.toString('latin1', 4), head.readUInt32BE(0)];
}
