import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readText } from './body.ts';

const read = (chunks: Iterable<Buffer>, limit = 10) => readText(Readable.from(chunks), limit);
const refused = (problem: string) =>
  expect.objectContaining({ failure: expect.objectContaining({ kind: 'body', problem }) });

test('a body is text, however it is cut', async () => {
  const bytes = Buffer.from('köprü 🌉');
  expect(await read([bytes.subarray(0, 2), bytes.subarray(2, 9), bytes.subarray(9)], 20)).toBe('köprü 🌉');
  expect(await read([])).toBe('');
});

test('what is not UTF-8 is no text', async () => {
  await expect(read([Buffer.from([0xc3, 0x28])])).rejects.toEqual(refused('malformed'));
});

test('a body that is too large is taken in, but not kept', async () => {
  let taken = 0;
  function* pour() {
    for (; taken < 100; taken += 1) yield Buffer.alloc(6);
  }
  await expect(read(pour())).rejects.toEqual(refused('too large'));
  expect(taken).toBe(100);
  expect(await read([Buffer.from('0123456789')])).toBe('0123456789');
});

test('one without end is not taken in', async () => {
  let taken = 0;
  function* pour() {
    for (;;) {
      taken += 1;
      yield Buffer.alloc(1024 * 1024);
    }
  }
  await expect(read(pour())).rejects.toEqual(refused('too large'));
  expect(taken).toBeLessThan(64);
});

test('one that breaks off is refused', async () => {
  function* breakOff() {
    yield Buffer.from('{');
    throw new Error('aborted');
  }
  await expect(read(breakOff())).rejects.toEqual(refused('malformed'));
});
