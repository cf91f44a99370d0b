import { atEnd, must, type Reading, skip, take } from './scanner.ts';

const header = 0x1a45dfa3;
const segment = 0x18538067;
const cluster = 0x1f43b675;
const tracks = 0x1654ae6b;
const trackEntry = 0xae;
const trackType = 0x83;
const ofSound = 2;
const docType = Buffer.from([0x42, 0x82, 0x84, ...Buffer.from('webm')]);
/** What a segment holds, and what a cluster does: browsers say of neither how long it is, so one follows the other. */
const parts: ReadonlySet<number> = new Set([
  // SeekHead, Info, Tracks, Cues, Tags, Chapters
  ...[0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1c53bb6b, 0x1254c367, 0x1043a770],
  // Timestamp, SimpleBlock, BlockGroup, PrevSize, Position
  ...[0xe7, 0xa3, 0xa0, 0xab, 0xa7],
  // Void, CRC-32
  ...[0xec, 0xbf],
]);

/** An EBML header that says WebM, and one segment, with which the file ends. */
export function* webm(): Reading<void> {
  const start = yield* element();
  must(start.id === header && start.length < 1_024, 'A WebM begins with its header.');
  must((yield* take(start.length)).includes(docType), 'The header of a WebM says that it is one.');
  const whole = yield* element();
  must(whole.id === segment, 'A WebM has a segment.');
  let clusters = 0;
  for (let left = whole.length; left > 0; ) {
    if (left === Number.POSITIVE_INFINITY && (yield* atEnd())) break;
    const { id, length, bytes } = yield* element();
    must(id === cluster || parts.has(id), 'A WebM has an element of no known kind.');
    must(id === cluster || length < Number.POSITIVE_INFINITY, 'An element of a WebM says its length.');
    if (id === cluster) clusters += 1;
    // One without a length is entered: what it holds comes as if it stood beside it.
    const inside = length < Number.POSITIVE_INFINITY ? length : 0;
    if (id === tracks) yield* within(inside, trackEntry, (entry) => within(entry, trackType, onlySound));
    else yield* skip(inside);
    left -= bytes + inside;
    must(left >= 0, 'An element of a WebM is longer than its segment.');
  }
  must(clusters > 0, 'A WebM has sound.');
}

/** Goes over the elements within so many bytes: those of an id are read, the others passed over. */
function* within(bytes: number, wanted: number, read: (length: number) => Reading<void>): Reading<void> {
  for (let left = bytes; left > 0; ) {
    const { id, length, bytes: head } = yield* element();
    left -= head + length;
    must(left >= 0, 'An element of a WebM is longer than what it is in.');
    if (id === wanted) yield* read(length);
    else yield* skip(length);
  }
}

function* onlySound(length: number): Reading<void> {
  must(length <= 8, 'A number of a WebM is too long.');
  must((yield* take(length)).at(-1) === ofSound, 'A track of a WebM is of sound.');
}

interface Element {
  readonly id: number;
  /** Of its content in bytes; infinite where it is not said. */
  readonly length: number;
  /** Of its head. */
  readonly bytes: number;
}

function* element(): Reading<Element> {
  const id = yield* number(4);
  const length = yield* number(8);
  const unknown = length.value === 2 ** (7 * length.bytes) - 1;
  return {
    id: id.value + 2 ** (7 * id.bytes),
    length: unknown ? Number.POSITIVE_INFINITY : length.value,
    bytes: id.bytes + length.bytes,
  };
}

/** A number of as many bytes as the zeroes that it begins with say, and one. */
function* number(mostBytes: number): Reading<{ readonly value: number; readonly bytes: number }> {
  const [first = 0] = yield* take(1);
  const bytes = Math.clz32(first) - 23;
  must(bytes <= mostBytes, 'A number of a WebM is too long.');
  const rest = yield* take(bytes - 1);
  return { value: rest.reduce((sum, byte) => sum * 256 + byte, first - (0x80 >> (bytes - 1))), bytes };
}
