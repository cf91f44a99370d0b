import { must, type Reading, skip, take } from './scanner.ts';
import { size } from './size.ts';

/** Above this the width would read, after `GIF89a`, as `/*` or `=1`, with which scripts begin that are a GIF, too. */
const mostAside = 0x1fff;
const block = { extension: 0x21, image: 0x2c, trailer: 0x3b } as const;

/** Pictures and extensions up to the trailer, with which the file ends. */
export function* gif(): Reading<void> {
  const head = yield* take(13);
  must(/^GIF8[79]a$/.test(head.toString('latin1', 0, 6)), 'A GIF begins with its signature.');
  const [width, height] = [head.readUInt16LE(6), head.readUInt16LE(8)];
  size(width, height);
  must(width <= mostAside && height <= mostAside, `A GIF has at most ${mostAside} pixels a side.`);
  yield* skip(colours(head[10]));
  for (let pictures = 0; ; ) {
    const [kind] = yield* take(1);
    if (kind === block.trailer) return must(pictures > 0, 'A GIF has a picture.');
    must(kind === block.extension || kind === block.image, 'A GIF has a block of no known kind.');
    if (kind === block.image) {
      pictures += 1;
      yield* skip(colours((yield* take(9))[8]));
    }
    // The label of an extension, or the size of a picture's codes.
    yield* skip(1);
    yield* parts();
  }
}

/** The bytes of the table of colours that a byte of flags announces. */
const colours = (flags = 0): number => (flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0);

/** Pieces with their lengths in front, up to an empty one. */
function* parts(): Reading<void> {
  for (;;) {
    const [length = 0] = yield* take(1);
    if (length === 0) return;
    yield* skip(length);
  }
}
