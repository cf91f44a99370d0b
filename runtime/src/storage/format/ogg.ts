import { atEnd, must, type Reading, skip, take } from './scanner.ts';

const firstOfStream = 0x02;
const codecs = ['OpusHead', '\x01vorbis', '\x7fFLAC', 'Speex   '];

/** Pages, one after the other; a stream of each begins with a page that names its codec, and all of them are of sound. */
export function* ogg(): Reading<void> {
  for (let first = true; !(yield* atEnd()); first = false) {
    const head = yield* take(27);
    must(head.toString('latin1', 0, 4) === 'OggS' && head[4] === 0, 'A page of an Ogg begins with its signature.');
    const segments = yield* take(head[26] ?? 0);
    const length = segments.reduce((sum, segment) => sum + segment, 0);
    const begins = ((head[5] ?? 0) & firstOfStream) !== 0;
    must(begins || !first, 'The first page of an Ogg begins a stream.');
    if (begins) yield* codec(length);
    else yield* skip(length);
  }
}

function* codec(length: number): Reading<void> {
  const packet = (yield* take(length)).toString('latin1');
  must(
    codecs.some((name) => packet.startsWith(name)),
    'A stream of an Ogg is of sound.',
  );
}
