import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import {
  gifOf,
  oggPage,
  pngChunk,
  pngOf,
  sampleFiles,
  wavOf,
  webmElement,
  webmTracks,
  webmWithLengths,
} from '../testing/files.ts';
import { type ContentType, type Folder, typesIn } from './content-types.ts';
import { examine, UnknownType } from './examine.ts';
import { BrokenFile } from './format/scanner.ts';

/** What comes of a file that arrives in pieces of so many bytes. */
async function examined(file: Buffer, folder: Folder, pieceSize = 4_096) {
  const pieces = Array.from({ length: Math.ceil(file.length / pieceSize) }, (_, index) =>
    file.subarray(index * pieceSize, (index + 1) * pieceSize),
  );
  const { contentType, body } = await examine(Readable.from(pieces), folder);
  const kept: Uint8Array[] = [];
  for await (const piece of body) kept.push(piece);
  return { contentType, file: Buffer.concat(kept) };
}
const refused = expect.toSatisfy((error) => error instanceof BrokenFile || error instanceof UnknownType);
const folderOf = (type: ContentType): Folder => (typesIn('images').includes(type) ? 'images' : 'audio');
const samples = Object.entries(sampleFiles).map(([type, file]) => ({ type: type as ContentType, file }));
const zip = Buffer.from('PK\x03\x04\x14\0\0\0\0\0PK\x05\x06', 'latin1');
const html = Buffer.from('<!doctype html><script>alert(1)</script>');

describe.each(samples)('$type', ({ type, file }) => {
  const folder = folderOf(type);

  test('is told from its bytes, in whatever pieces they come', async () => {
    for (const pieceSize of [1, 2, 3, 7, 64, 100_000])
      expect(await examined(file, folder, pieceSize)).toEqual({ contentType: type, file });
  });

  test('is not taken for the other folder', async () => {
    await expect(examined(file, folder === 'images' ? 'audio' : 'images')).rejects.toBeInstanceOf(UnknownType);
  });

  test.each([1, 100_000])('is refused where something follows its end, in pieces of %s', async (pieceSize) => {
    for (const more of [zip, html, Buffer.from([0]), Buffer.from(';'), Buffer.alloc(100_000)])
      await expect(examined(Buffer.concat([file, more]), folder, pieceSize)).rejects.toBeInstanceOf(BrokenFile);
  });

  test('is refused where it ends too early', async () => {
    await expect(examined(file.subarray(0, -1), folder)).rejects.toEqual(refused);
    // Each of these three is as long as there are pages, frames or elements.
    if (['audio/ogg', 'audio/mpeg', 'audio/webm'].includes(type)) return;
    for (let length = 0; length < file.length; length++)
      await expect(examined(file.subarray(0, length), folder), `${length}`).rejects.toEqual(refused);
  });
});

test('a WebM with lengths is one, and its segment is its end', async () => {
  expect(await examined(webmWithLengths(), 'audio')).toMatchObject({ contentType: 'audio/webm' });
  const longer = Buffer.concat([webmWithLengths(), webmElement('ec', Buffer.alloc(3))]);
  await expect(examined(longer, 'audio')).rejects.toBeInstanceOf(BrokenFile);
});

test('what a camera appends to a JPEG is left away', async () => {
  const picture = sampleFiles['image/jpeg'];
  for (const notes of [picture, Buffer.from('…notes…SEFT'), Buffer.concat([picture, zip])])
    for (const pieceSize of [1, 5, 100_000])
      expect((await examined(Buffer.concat([picture, notes]), 'images', pieceSize)).file.equals(picture)).toBe(true);
});

const text = (content: string): Buffer => Buffer.from(content, 'latin1');
const images: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  SVG: text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  'SVG with a declaration': text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
  HTML: html,
  'HTML behind a signature of PNG': text('\x89PNG\r\n\x1a\n<script>alert(1)</script>'),
  'a GIF that is a script': text('GIF89a/*\0\0\0\0\0*/=1;alert(1)//'),
  'a whole GIF that opens a comment as a script': gifOf(0x2a2f),
  'a PDF': text('%PDF-1.7\n'),
  BMP: text('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0'),
  'a PNG without pixels': Buffer.concat([pngOf().subarray(0, 33), pngChunk('IEND')]),
  'a PNG with a chunk that readers must know': pngOf(pngChunk('EVIL', html)),
  'a PNG that takes gigabytes to show': pngOf(Buffer.alloc(0), 65_535),
  'a WebP shorter than it says': Buffer.concat([
    sampleFiles['image/webp'].subarray(0, 4),
    Buffer.from([99, 0, 0, 0]),
    sampleFiles['image/webp'].subarray(8),
  ]),
  'a WebP longer than it says': Buffer.concat([
    sampleFiles['image/webp'].subarray(0, 4),
    Buffer.from([12, 0, 0, 0]),
    sampleFiles['image/webp'].subarray(8),
  ]),
};
test.each(Object.entries(images))('an image is not %s', async (_, file) => {
  await expect(examined(file, 'images')).rejects.toEqual(refused);
});

const sounds: Readonly<Record<string, Buffer>> = {
  'an AVI': Buffer.concat([text('RIFF'), Buffer.from([4, 0, 0, 0]), text('AVI ')]),
  'an Ogg of pictures': oggPage(2, text('\x80theora\x03\x02\x01')),
  'an Ogg with pictures beside its sound': Buffer.concat([
    sampleFiles['audio/ogg'],
    oggPage(2, text('\x80theora\x03\x02\x01')),
  ]),
  'a WebM with files attached': Buffer.concat([sampleFiles['audio/webm'], webmElement('1941a469', html)]),
  'a WebM with pictures': Buffer.concat([sampleFiles['audio/webm'], webmTracks(1)]),
  'a Matroska': Buffer.concat([Buffer.from('1a45dfa38b428288', 'hex'), text('matroska')]),
  'a WAV without sound': wavOf().subarray(0, 36),
  'an MP3 with a page between its frames': Buffer.concat([
    sampleFiles['audio/mpeg'].subarray(0, 15 + 417),
    html,
    sampleFiles['audio/mpeg'].subarray(15 + 417),
  ]),
};
test.each(Object.entries(sounds))('a sound is not %s', async (_, file) => {
  await expect(examined(file, 'audio')).rejects.toEqual(refused);
});

test('a refused source is closed, and so is one that is read halfway', async () => {
  const refusedSource = Readable.from([html]);
  await expect(examine(refusedSource, 'images')).rejects.toThrow();
  expect(refusedSource.destroyed).toBe(true);
  const sound = wavOf(10_000);
  const source = Readable.from([sound.subarray(0, 5_000), sound.subarray(5_000)]);
  for await (const _ of (await examine(source, 'audio')).body) break;
  expect(source.destroyed).toBe(true);
});
