import { randomUUID } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { ContentType } from '../storage/content-types.ts';

const bytes = (...parts: readonly (string | Buffer | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const number = (size: 'UInt16LE' | 'UInt32LE' | 'UInt16BE' | 'UInt32BE', value: number): Buffer => {
  const buffer = Buffer.alloc(size.startsWith('UInt16') ? 2 : 4);
  buffer[`write${size}`](value);
  return buffer;
};

export function pngChunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = bytes(type, data);
  return bytes(number('UInt32BE', data.length), body, number('UInt32BE', crc32(body)));
}

/** One white pixel, and `more` chunks before the end. */
export function pngOf(more: Buffer = Buffer.alloc(0), side = 1): Buffer {
  const header = bytes(number('UInt32BE', side), number('UInt32BE', side), [8, 0, 0, 0, 0]);
  const pixels = pngChunk('IDAT', deflateSync(Buffer.from([0, 255])));
  return bytes('\x89PNG\r\n\x1a\n', pngChunk('IHDR', header), pixels, more, pngChunk('IEND'));
}

export const gifOf = (width = 1): Buffer =>
  bytes(
    'GIF89a',
    number('UInt16LE', width),
    [1, 0, 0x80, 0, 0, 255, 255, 255, 0, 0, 0],
    [...[0x21, 0xf9, 4, 0, 0, 0, 0, 0], ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0], 0x3b],
  );

const segment = (code: number, data: Buffer): Buffer => bytes([0xff, code], number('UInt16BE', data.length + 2), data);
const jpeg = (): Buffer =>
  bytes(
    [0xff, 0xd8],
    segment(0xe0, bytes('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0])),
    segment(0xdb, Buffer.alloc(65, 1)),
    segment(0xc0, bytes([8, 0, 1, 0, 1, 1, 1, 0x11, 0])),
    segment(0xda, bytes([1, 1, 0, 0, 63, 0])),
    // A byte of data that looks like a marker, and a restart.
    [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56],
    [0xff, 0xd9],
  );

const riffChunk = (type: string, data: Buffer): Buffer =>
  bytes(type, number('UInt32LE', data.length), data, Buffer.alloc(data.length % 2));
const riff = (form: string, ...chunks: readonly Buffer[]): Buffer => riffChunk('RIFF', bytes(form, ...chunks));
const webp = (): Buffer => riff('WEBP', riffChunk('VP8L', Buffer.from('2f00000000070710fd8ffe07', 'hex')));

/** A sound of so many bytes. */
export function wavOf(length = 64): Buffer {
  const format = bytes([1, 0, 1, 0], number('UInt32LE', 8_000), number('UInt32LE', 8_000), [1, 0, 8, 0]);
  return riff('WAVE', riffChunk('fmt ', format), riffChunk('data', Buffer.alloc(length, 0x80)));
}

export function oggPage(flags: number, packet: Buffer): Buffer {
  const head = bytes('OggS', [0, flags], Buffer.alloc(8), number('UInt32LE', 7), Buffer.alloc(8));
  return bytes(head, [1, packet.length], packet);
}
const opus = bytes('OpusHead', [1, 1, 0, 0], number('UInt32LE', 48_000), [0, 0, 0]);
const ogg = (): Buffer => bytes(oggPage(2, opus), oggPage(0, Buffer.from('OpusTags')), oggPage(4, Buffer.alloc(40, 3)));

/** 417 bytes each: MPEG 1, layer III, 128 kbit/s, 44.1 kHz. */
const mp3Frame = bytes([0xff, 0xfb, 0x90, 0x00], Buffer.alloc(413));
const mp3 = (): Buffer =>
  bytes('ID3', [4, 0, 0, 0, 0, 0, 5], 'title', mp3Frame, mp3Frame, mp3Frame, 'TAG', Buffer.alloc(125));

/** An element of a WebM; without content, it does not say its length. */
export const webmElement = (id: string, content?: Buffer): Buffer =>
  content
    ? bytes(Buffer.from(id, 'hex'), [0x08], number('UInt32BE', content.length), content)
    : bytes(Buffer.from(id, 'hex'), [0x01], Buffer.alloc(7, 255));
const webmHead = bytes([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm');
const cluster = bytes(
  webmElement('1f43b675'),
  webmElement('e7', Buffer.from([0])),
  webmElement('a3', Buffer.alloc(30)),
);
/** The tracks of a WebM: 1 is of pictures, 2 of sound. */
export const webmTracks = (type: number): Buffer =>
  webmElement(
    '1654ae6b',
    webmElement('ae', bytes(webmElement('d7', Buffer.from([1])), webmElement('83', Buffer.from([type])))),
  );
/** As a browser records it: neither its segment nor its clusters say how long they are. */
const webm = (): Buffer =>
  bytes(webmHead, webmElement('18538067'), webmElement('1549a966', Buffer.alloc(3)), webmTracks(2), cluster, cluster);
/** As other programs write it. */
export const webmWithLengths = (): Buffer =>
  bytes(webmHead, webmElement('18538067', webmElement('1f43b675', webmElement('e7', Buffer.from([0])))));

/** A small file of each type. */
export const sampleFiles: Readonly<Record<ContentType, Buffer>> = {
  'image/png': pngOf(),
  'image/jpeg': jpeg(),
  'image/gif': gifOf(),
  'image/webp': webp(),
  'audio/webm': webm(),
  'audio/ogg': ogg(),
  'audio/wav': wavOf(),
  'audio/mpeg': mp3(),
};

/** The second half of a file's name. */
export const newFileId = (): string => randomUUID();
