import { atEnd, must, type Reading, skip, take } from './scanner.ts';

/** Kilobits a second of layer III, by the four bits that say it; MPEG 1, then MPEG 2 and 2.5. */
const bitRates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
/** Samples a second, by the two bits that say it; by the two that say the version, the second of which there is not. */
const sampleRates = [[11_025, 12_000, 8_000], [], [22_050, 24_000, 16_000], [44_100, 48_000, 32_000]] as const;

/** Frames, with tags before and behind them. */
export function* mp3(): Reading<void> {
  let frames = 0;
  while (!(yield* atEnd())) {
    const head = yield* take(4);
    const letters = head.toString('latin1');
    if (letters.startsWith('ID3')) yield* tagInFront();
    else if (letters.startsWith('TAG')) return yield* lastTag(frames);
    else if (letters === 'APET') yield* apeTag();
    else {
      yield* skip(frameLength(head) - head.length);
      frames += 1;
    }
  }
  must(frames > 1, 'An MP3 has frames.');
}

/** In bytes, with the four that it begins with. */
function frameLength(head: Buffer): number {
  const bits = head.readUInt32BE();
  const version = (bits >>> 19) & 3;
  must(bits >>> 21 === 0x7ff && ((bits >>> 17) & 3) === 1, 'A frame of an MP3 begins with its signature.');
  const bitRate = bitRates[version === 3 ? 0 : 1][(bits >>> 12) & 15];
  const sampleRate = sampleRates[version]?.[(bits >>> 10) & 3];
  must(!!bitRate && !!sampleRate, 'A frame of an MP3 says its length.');
  return Math.floor(((version === 3 ? 144_000 : 72_000) * bitRate) / sampleRate) + ((bits >>> 9) & 1);
}

/** ID3v2; its length has seven bits to a byte. */
function* tagInFront(): Reading<void> {
  const rest = yield* take(6);
  const footer = (rest[1] ?? 0) & 0x10 ? 10 : 0;
  yield* skip([...rest.subarray(2)].reduce((length, byte) => length * 128 + (byte & 0x7f), 0) + footer);
}

/** APEv2, of which the length covers its items and footer. */
function* apeTag(): Reading<void> {
  const rest = yield* take(28);
  must(rest.toString('latin1', 0, 4) === 'AGEX', 'A tag of an MP3 begins with its signature.');
  const isHeader = (rest.readUInt32LE(16) & 0x20000000) !== 0;
  if (isHeader) yield* skip(rest.readUInt32LE(8));
}

/** ID3v1: 128 bytes, with which the file ends. */
function* lastTag(frames: number): Reading<void> {
  must(frames > 1, 'An MP3 has frames.');
  yield* skip(124);
}
