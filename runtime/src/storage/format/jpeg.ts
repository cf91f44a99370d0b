import { drop, find, must, type Reading, skip, take } from './scanner.ts';
import { size } from './size.ts';

const marker = { start: 0xd8, end: 0xd9, scan: 0xda } as const;
/** Frames, which say a picture's size: SOF0 to SOF15, but for three other things among them. */
const isFrame = (code: number): boolean => code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);
/** What only looks like a marker within a scan: a byte of data, and restarts. */
const isData = (code: number): boolean => code === 0 || (code >= 0xd0 && code <= 0xd7);

/** Segments and scans, from the start of the image to its end. */
export function* jpeg(): Reading<void> {
  must((yield* take(2)).readUInt16BE() === 0xff00 + marker.start, 'A JPEG begins with its start of image.');
  let framed = false;
  let scanned = false;
  for (let code = yield* nextMarker(); code !== marker.end; ) {
    must(code >= 0xc0 && code !== marker.start && !isData(code), 'A JPEG has a marker where none can be.');
    const segment = yield* length();
    if (isFrame(code)) yield* frame(segment);
    else yield* skip(segment);
    framed ||= isFrame(code);
    scanned ||= code === marker.scan;
    code = yield* code === marker.scan ? markerAfterScan() : nextMarker();
  }
  must(framed && scanned, 'A JPEG has a size and pixels.');
  yield* notes();
}

function* nextMarker(): Reading<number> {
  must((yield* take(1))[0] === 0xff, 'A segment of a JPEG begins with a marker.');
  return yield* markerCode();
}

function* markerAfterScan(): Reading<number> {
  for (;;) {
    yield* find(0xff);
    const code = yield* markerCode();
    if (!isData(code)) return code;
  }
}

/** Before it there may be more of the byte that markers begin with. */
function* markerCode(): Reading<number> {
  for (;;) {
    const [code = 0] = yield* take(1);
    if (code !== 0xff) return code;
  }
}

/** Of a segment, without the two bytes that say it. */
function* length(): Reading<number> {
  const bytes = (yield* take(2)).readUInt16BE() - 2;
  must(bytes >= 0, 'A segment of a JPEG is at least as long as its length.');
  return bytes;
}

function* frame(bytes: number): Reading<void> {
  must(bytes >= 6, 'A frame of a JPEG says its size.');
  const data = yield* take(bytes);
  size(data.readUInt16BE(3), data.readUInt16BE(1));
}

/** Cameras append a second picture, or notes that end in SEFT. Neither is kept; anything else that follows is refused. */
function* notes(): Reading<void> {
  const { bytes, first, last } = yield* drop();
  const known = first.toString('hex', 0, 3) === 'ffd8ff' || last.toString('latin1') === 'SEFT';
  must(bytes === 0 || known, 'Something follows the end of a JPEG.');
}
